from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

TRAIN = "from sklearn.linear_model import Ridge\n\nRidge().fit(X, y)\n"
DRIFT = """\
import sys
from evidently.report import Report

def main():
    report = Report(metrics=[])
    report.run(reference_data=old, current_data=new)
    {rest}

if __name__ == "__main__":
    {start}
"""
FAILS = DRIFT.format(rest='if report.as_dict()["share"] > 0.3:\n        sys.exit(1)', start="main()")
TELLS = DRIFT.format(rest='return int(report.as_dict()["share"] > 0.3)', start="sys.exit(main())")
RAISES = DRIFT.format(rest='return int(report.as_dict()["share"] > 0.3)', start="raise SystemExit(main())")
SAYS = DRIFT.format(rest='report.save_html("drift.html")', start="main()\n    sys.exit(0)")
STEPS = """\
on:
  schedule:
    - cron: "0 6 * * *"
jobs:
  watch:
    runs-on: ubuntu-latest
    steps:
      - id: drift
        continue-on-error: {tolerated}
        run: python drift.py
      - if: {condition}
        run: python train.py
"""
JOBS = """\
on:
  schedule:
    - cron: "0 6 * * *"
jobs:
  watch:
    runs-on: ubuntu-latest
    steps:
      - run: python drift.py
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: ruff check
  again:
    needs: [watch, lint]
    if: {condition}
    runs-on: ubuntu-latest
    steps:
      - run: python train.py
"""


@pytest.mark.parametrize(
    ("workflow", "condition", "drift", "present"),
    [
        (STEPS, "failure()", FAILS, True),
        (STEPS, "${{ failure() }}", TELLS, True),
        (STEPS, "steps.drift.outcome == 'failure'", FAILS, True),
        (STEPS, "steps.drift.outcome != 'success'", FAILS, True),
        (STEPS, "steps.drift.outputs.found == 'true'", SAYS, True),
        (STEPS, "failure()", SAYS, False),  # what never ends with an error by what it finds
        (STEPS, "always()", FAILS, False),  # trains whatever the check came to
        (STEPS, "steps.drift.outcome == 'success'", FAILS, False),
        (STEPS, "steps.other.outputs.found == 'true'", SAYS, False),
        (STEPS, "github.event_name == 'schedule'", FAILS, False),
        (JOBS, "failure()", FAILS, True),
        (JOBS, "always() && needs.watch.result == 'failure'", FAILS, True),
        (JOBS, "needs.watch.outputs.drift == 'true'", SAYS, True),
        (JOBS, "always() && needs.lint.result == 'failure'", FAILS, False),
        (JOBS, "always() && needs.watch.result == 'success'", FAILS, False),
        (JOBS, "success()", FAILS, False),
    ],
)
def test_what_came_of_a_monitor_decides_whether_a_workflow_trains(
    workflow: str, condition: str, drift: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    said = workflow.format(condition=condition, tolerated="false")
    texts = {"drift.py": drift, "train.py": TRAIN, ".github/workflows/watch.yml": said}
    assert (answer("feedback-triggered-retraining", texts).status == "present") is present


def test_a_check_of_something_else_decides_nothing_about_drift(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    texts = {
        "drift.py": "import sys\n\nif len(rows) < 100:\n    sys.exit(1)\n",
        "train.py": TRAIN,
        ".github/workflows/watch.yml": STEPS.format(condition="failure()", tolerated="false"),
    }
    assert answer("feedback-triggered-retraining", texts).status == "absent"


@pytest.mark.parametrize(
    ("condition", "present"),
    [
        ("steps.drift.outcome == 'failure'", True),
        (
            "steps.drift.conclusion == 'failure'",
            False,
        ),  # of a failure that is tolerated there is no trace but the outcome
        ("failure()", False),
    ],
)
def test_a_failure_that_is_tolerated_is_heard_only_by_whoever_asks_for_the_outcome(
    condition: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    texts = {
        "drift.py": FAILS,
        "train.py": TRAIN,
        ".github/workflows/watch.yml": STEPS.format(condition=condition, tolerated="true"),
    }
    assert (answer("feedback-triggered-retraining", texts).status == "present") is present


SCRIPT = """\
set +e
python drift.py
if {test}; then
  python train.py
fi
"""


@pytest.mark.parametrize(
    ("test", "drift", "present"),
    [
        ("[ $? -ne 0 ]", FAILS, True),
        ("[ $? -ne 0 ]", RAISES, True),
        ("[ $? -ne 0 ]", SAYS, False),  # never ends with an error by what it finds
        ("[ $? -eq 0 ]", FAILS, False),
        ('[ "$(jq -r .drift drift.json)" = "true" ]', SAYS, True),
        ('[ "$BRANCH" = "main" ]', SAYS, False),
    ],
)
def test_what_came_of_a_monitor_decides_whether_a_script_trains(
    test: str, drift: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    texts = {"drift.py": drift, "train.py": TRAIN, "watch.sh": SCRIPT.format(test=test)}
    assert (answer("feedback-triggered-retraining", texts).status == "present") is present
