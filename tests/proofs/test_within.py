from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains import nearest
from mlops_scan.proofs import within

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from mlops_scan.assessment import Answer
    from mlops_scan.chains.nearest import Nearest

CHECKS = "def good(accuracy):\n    return accuracy > 0.9\n"
ASKING = """\
import mlflow
from checks import good

def main(accuracy, model):
"""
ASKED = """\
    if good(accuracy):
        mlflow.sklearn.log_model(model, "model", registered_model_name="churn")
"""


def test_many_conditions_look_for_the_ways_as_often_as_one(
    answer: Callable[[str, dict[str, str]], Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    searches: list[object] = []

    def counted(*asked: object) -> Nearest:
        searches.append(asked)
        return nearest.nearest(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(within, "nearest", counted)
    few = answer("model-validation", {"checks.py": CHECKS, "release.py": ASKING + ASKED})
    once = len(searches)
    many = answer("model-validation", {"checks.py": CHECKS, "release.py": ASKING + ASKED * 50})
    assert few.status == many.status == "present"
    assert len(searches) == 2 * once > 0
