from __future__ import annotations

import pytest

from mlops_scan.assessment import Answer, Assessment, Origin, Proven
from mlops_scan.chains import Step
from mlops_scan.difference import Change, Difference, Line, Side
from mlops_scan.facts.kinds import Diagnostic
from mlops_scan.reports.assessments import github
from mlops_scan.reports.checkout import from_root, in_checkout
from mlops_scan.reports.differences import github as github_difference
from mlops_scan.reports.visible import visible

PROOF = Proven("a.b", "ci.yml", 3, "weak", "Runs.", (Step("ci.yml", 1, "push"),))


@pytest.mark.parametrize(
    ("scanned", "expected"),
    [
        (".", "a/b.py"),
        ("x", "x/a/b.py"),
        ("./x/", "x/a/b.py"),
        ("../x", "a/b.py"),
        ("/x", "a/b.py"),
        ("x/..", "a/b.py"),
    ],
)
def test_a_path_starts_where_the_scan_was_started(scanned: str, expected: str) -> None:
    assert in_checkout(scanned, "a/b.py") == expected


def assessment(path: str) -> Assessment:
    answer = Answer("unit-tests", 1, required=True, status="weak", evidence=(PROOF,))
    told = (Diagnostic("x.py", 2, "broken"), Diagnostic("", 0, "expired"))
    return Assessment(Origin(path, None, "worktree"), "ml-system", 0, "", True, (answer,), (), told, (PROOF,))  # noqa: FBT003


def test_every_place_of_an_assessment_moves() -> None:
    moved = from_root(assessment("services/churn"))
    (proof,) = moved.capabilities[0].evidence
    assert (proof.path, proof.chain[0].path) == ("services/churn/ci.yml", "services/churn/ci.yml")
    assert [told.path for told in moved.diagnostics] == ["services/churn/x.py", ""]
    assert moved.kind_evidence == (proof,)
    assert from_root(assessment(".")) == assessment(".")


def test_annotations_stand_beside_the_files_of_the_checkout() -> None:
    assert "file=services/churn/x.py,line=2," in github.render(assessment("services/churn"))
    side = Side("main", Origin("services/churn", None, "worktree"), "ml-system", 1, "")
    change = Change("unit-tests", 1, True, "present", "absent", (PROOF,), (Line("gone", "ci.yml", 0),))  # noqa: FBT003
    assert "file=services/churn/ci.yml," in github_difference.render(Difference(side, side, (change,), ()))


@pytest.mark.parametrize("text", ["::error::x", "  ::error::x", "\u00a0::add-mask::a", "##[error]x", "a ##[group]b"])
def test_no_text_is_a_workflow_command_in_a_log(text: str) -> None:
    shown = visible(text)
    assert not shown.lstrip().startswith("::")
    assert "##[" not in shown


def test_a_name_with_colons_stays_readable() -> None:
    assert visible("caret::train") == "caret::train"
