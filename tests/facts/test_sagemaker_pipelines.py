"""What makes a pipeline with SageMaker's SDK, and the functions that are steps of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Link, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

PIPELINE = """
from sagemaker.workflow.pipeline import Pipeline


def get_pipeline(steps):
    return Pipeline(name="churn", steps=steps)
"""
FUNCTION = """
from sagemaker.lambda_helper import Lambda

Lambda(function_name="deploy", script={script}, handler="{handler}")
"""


def test_what_makes_a_pipeline_is_one(stated: Callable[..., list[Any]]) -> None:
    assert stated("pipelines/churn.py", PIPELINE, Unit, "name", "kind") == [("get_pipeline", "pipeline")]
    other = PIPELINE.replace("sagemaker.workflow.pipeline", "sklearn.pipeline")
    assert stated("pipelines/churn.py", other, Unit) == []


@pytest.mark.parametrize(
    ("script", "handler", "target"),
    [
        ('"functions/deploy.py"', "deploy.lambda_handler", ["functions/deploy.py:lambda_handler"]),
        ('f"{folder}/deploy.py"', "deploy.run", ["deploy.py:run"]),
        ("script", "deploy.run", []),
        ('"functions/deploy.py"', "", []),
    ],
)
def test_a_function_is_the_handler_of_its_script(
    script: str, handler: str, target: list[str], stated: Callable[..., list[Any]]
) -> None:
    found = stated("pipelines/churn.py", FUNCTION.format(script=script, handler=handler), Link, "kind", "target")
    assert [to for kind, to in found if kind == "function"] == target
