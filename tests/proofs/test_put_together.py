"""Pipelines of the first versions of ZenML, which are put together where they are run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

STEPS = """\
from sklearn.svm import SVC
from zenml.steps import step

@step
def ingest():
    return read()

@step
def train(rows):
    return SVC().fit(rows, rows)
"""
PUT_TOGETHER = """\
from zenml.integrations.mlflow.steps import mlflow_model_deployer_step
from pipeline import deliver
from steps import ingest, train

def main():
    delivery = deliver(ingest(), {trainer}, deployer=mlflow_model_deployer_step(workers=3))
    {then}
"""


@pytest.mark.parametrize(
    ("trainer", "then", "present"),
    [
        ("train()", "delivery.run()", True),
        ("train()", "print(delivery)", False),  # put together, and not run
        ("pretrained()", "delivery.run()", False),
    ],
)
def test_a_pipeline_that_is_put_together_of_steps_goes_from_training_to_deployment(
    trainer: str, then: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    deliver = "from zenml.pipelines import pipeline\n\n@pipeline\ndef deliver(ingest, trainer, deployer):\n"
    deliver += "    deployer(trainer(ingest()))\n"
    files = {"steps.py": STEPS, "pipeline.py": deliver, "run.py": PUT_TOGETHER.format(trainer=trainer, then=then)}
    found = answer("automated-deployment", files)
    assert (found.status == "present") is present
