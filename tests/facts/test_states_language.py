from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Condition, Uses

if TYPE_CHECKING:
    from collections.abc import Callable

MACHINE = """\
{"StartAt": "Train", "States": {
  "Train": {"Type": "Task", "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync", "Next": "Good"},
  "Good": {"Type": "Choice", "Choices": [
    RULE], "Default": "Tell"},
  "Tell": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true},
  "Register": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sagemaker:createModelPackage", "Next": "Put"},
  "Put": {"Type": "Task", "Resource": "arn:aws:states:::sagemaker:createEndpoint", "Next": "Tell"}}}
"""
RULE = '{"Variable": "$.report.Metrics.f1", "%s": %s, "Next": "%s"}'


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (RULE % ("NumericGreaterThanEquals", "0.8", "Register"), [(4, ("f1", "metrics", "report"), 7)]),
        (RULE % ("NumericLessThanPath", '"$.limit"', "Register"), [(4, ("f1", "metrics", "report"), 7)]),
        ('{"And": [%s], "Next": "Put"}' % (RULE % ("NumericLessThan", "9", "")), [(4, ("f1", "metrics", "report"), 7)]),
        ('{"Not": %s, "Next": "Put"}' % (RULE % ("NumericLessThan", "9", "")), [(4, ("f1", "metrics", "report"), 7)]),
        (RULE % ("NumericEquals", "1", "Register"), []),  # how many there are
        (RULE % ("StringEquals", '"yes"', "Register"), []),  # a person's answer
        (RULE % ("NumericLessThan", "0.8", "Tell"), []),  # what comes anyway
        (RULE % ("NumericLessThan", "0.8", "Nowhere"), []),
    ],
)
def test_choices_compare_numbers_by_their_order(
    rule: str, found: list[tuple[int, tuple[str, ...], int]], stated: Callable[..., list[Any]]
) -> None:
    assert stated("m.asl.json", MACHINE.replace("RULE", rule), Condition, "line", "operands", "end") == found


def test_tasks_are_told_of_the_others_that_do_something(stated: Callable[..., list[Any]]) -> None:
    said = stated("m.asl.json", MACHINE.replace("RULE", ""), Uses, "arguments")
    assert said == [({"tasks": "3"},)] * 4
    told = MACHINE.replace("RULE", "").replace(":::aws-sdk:sagemaker:createModelPackage", ":::sqs:sendMessage")
    alone = told.replace(":::sagemaker:createEndpoint", ":::events:putEvents")
    assert stated("m.asl.json", alone, Uses, "arguments") == [({},)] * 4


TERRAFORM = """\
resource "aws_sfn_state_machine" "churn" {
  definition = jsonencode({
    StartAt = "Train"
    States = {
      Train = { Type = "Task", Resource = "arn:aws:states:::sagemaker:createTrainingJob.sync", Next = "Good" }
      Good = {
        Type    = "Choice"
        Choices = [{ Variable = "$.f1", NumericGreaterThan = 0.8, Next = "Put" }]
      }
      Put = { Type = "Task", Resource = aws_lambda_function.put.arn, End = true }
    }
  })
}
"""


def test_states_that_terraform_holds_as_values(stated: Callable[..., list[Any]]) -> None:
    assert stated("main.tf", TERRAFORM, Condition, "line", "operands", "end") == [(8, ("f1",), 10)]
    assert stated("main.tf", TERRAFORM, Uses, "line", "arguments") == [(5, {"tasks": "2"})]
    counted = TERRAFORM.replace("NumericGreaterThan", "NumericEquals")
    assert stated("main.tf", counted, Condition) == []
