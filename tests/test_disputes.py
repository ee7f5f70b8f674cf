from __future__ import annotations

from mlops_scan import disputes
from mlops_scan.assessment import Proven
from mlops_scan.claims import Dispute

FOUND = Proven("mlflow.tracking", "a/train.py", 3, "strong", "Records runs.")


def test_without_disputes_nothing_is_marked() -> None:
    assert disputes.marker(())(FOUND) is FOUND


def test_what_is_meant_is_marked_and_the_rest_is_left() -> None:
    marked = disputes.marker([Dispute("a mock", detector="mlflow.*", path="a/*")])
    assert marked(FOUND).disputed == "a mock"
    assert marked(Proven("wandb.runs", "a/train.py", 3, "strong", "Records runs.")).disputed == ""
    assert marked(Proven("mlflow.tracking", "b/train.py", 3, "strong", "Records runs.")).disputed == ""


def test_unused_disputes_are_those_that_mean_nothing_found() -> None:
    used, unused = Dispute("r", detector="mlflow.tracking"), Dispute("r", path="gone.py")
    both = Dispute("r", detector="mlflow.tracking", path="gone.py")
    assert disputes.unused([used, unused, both], [("mlflow.tracking", "a/train.py")]) == (unused, both)
    assert disputes.unused([used], []) == (used,)
