from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

MACHINE = """\
{"StartAt": "Train", "States": {
  "Train": {"Type": "Task", "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync", "Next": "Good"},
  "Good": {"Type": "Choice", "Choices": [
    {"Variable": "VARIABLE", "OPERATOR": 0.8, "Next": "Put"}], "Default": "ELSE"},
  "Low": {"Type": "Fail"},
  "Put": {"Type": "Task", "Resource": "arn:aws:states:::sagemaker:createEndpoint", "End": true}}}
"""


@pytest.mark.parametrize(
    ("variable", "operator", "otherwise", "present"),
    [
        ("$.report.accuracy", "NumericGreaterThan", "Low", True),
        ("$.report.accuracy", "NumericGreaterThan", "Put", False),  # goes out either way
        ("$.report.accuracy", "NumericEquals", "Low", False),
        ("$.report.rows", "NumericGreaterThan", "Low", False),  # how much data there is
    ],
)
def test_a_state_machine_decides_by_a_metric(
    variable: str, operator: str, otherwise: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    text = MACHINE.replace("VARIABLE", variable).replace("OPERATOR", operator).replace("ELSE", otherwise)
    assert (answer("model-validation", {"churn.asl.json": text}).status == "present") is present
