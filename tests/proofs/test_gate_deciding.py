from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


CHECK = """\
import sys

def main(auc, limit):
    if auc < limit:
        sys.exit(1)

main(0.7, 0.8)
"""


TRAIN = "from sklearn.linear_model import Ridge\n\nRidge().fit(X, y)\n"


PUSH = "import mlflow\n\nmlflow.register_model('runs:/1', 'churn')\n"


@pytest.mark.parametrize(
    ("files", "present"),
    [
        ({"check.py": CHECK}, False),  # nobody starts it, and nothing follows in it
        ({"check.py": CHECK, "run.sh": "python train.py\npython check.py\npython push.py\n"}, True),
        ({"check.py": f"{TRAIN}{CHECK}"}, True),
    ],
)
def test_a_run_that_ends_stops_something_where_it_is_part_of_one(
    files: dict[str, str], present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("model-validation", {"train.py": TRAIN, "push.py": PUSH, **files})
    assert (found.status == "present") is present


ASKING = """\
import mlflow


def find_candidate(names):
    return next((name for name in names if name.endswith("-b")), None)


def passes_metric(new, old):
    return new > old


def main(names, new, old):
    {asked}
    mlflow.register_model("runs:/1/model", "churn")
"""


@pytest.mark.parametrize(
    ("asked", "present"),
    [
        ("candidate = find_candidate(names)\n    if candidate is None:\n        return", False),  # is there any?
        ("if not find_candidate(names):\n        raise KeyError(names)", False),
        ("if not passes_metric(new, old):\n        return", True),
        ("good = passes_metric(new, old)\n    if not good:\n        return", True),
        ("if not elsewhere.passes_metric(new, old):\n        return", True),  # its name is all that is known
        ("good = new['auc'] > old['auc']\n    if not good:\n        return", True),
    ],
)
def test_the_name_of_a_function_at_hand_tells_no_more_than_its_code(
    asked: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("model-validation", {"promote.py": ASKING.format(asked=asked)})
    assert (found.status == "present") is present


LIBRARY = """\
class Classifier:
    def explain(self, score):
        if score < self.threshold:
            raise ValueError("not sure enough")
"""


@pytest.mark.parametrize(
    ("main", "present"),
    [
        ("from churn.model import Classifier\n", False),  # nothing here calls it
        ("from churn.model import Classifier\n\nClassifier().explain(0.3)\n", True),
    ],
)
def test_what_a_library_offers_ends_no_run_of_this_repository(
    main: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    texts = {"churn/__init__.py": "", "churn/model.py": LIBRARY, "train.py": f"{main}{TRAIN}", "push.py": PUSH}
    assert (answer("model-validation", texts).status == "present") is present


@pytest.mark.parametrize(
    ("check", "present"),
    [
        ("python check.py", True),
        ("python check.py || true", False),
        ("python check.py || {\n  echo too bad\n}", False),
        ("python check.py || {\n  echo too bad\n  exit 1\n}", True),
    ],
)
def test_a_check_whose_failure_is_tolerated_decides_nothing(
    check: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    texts = {"train.py": TRAIN, "check.py": CHECK, "push.py": PUSH}
    texts["run.sh"] = f"python train.py\n{check}\npython push.py\n"
    assert (answer("model-validation", texts).status == "present") is present


SERVING = """\
import mlflow
from fastapi import FastAPI, HTTPException

app = FastAPI()

@app.post("/promote")
def promote(score: float):
    if score < 0.5:
        raise HTTPException(422, "not sure")
    {then}
"""


@pytest.mark.parametrize(
    ("then", "present"), [("return score", False), ("mlflow.register_model('runs:/1', 'churn')", True)]
)
def test_an_error_that_answers_a_request_ends_that_only(
    then: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    texts = {"app.py": SERVING.format(then=then), "train.py": f"import app\n{TRAIN}", "push.py": PUSH}
    assert (answer("model-validation", texts).status == "present") is present
