"""SageMaker: what defines a pipeline, and functions that its SDK makes of a script to be a step of one.

Sources: https://sagemaker.readthedocs.io/en/stable/workflows/pipelines/sagemaker.workflow.pipelines.html and
https://sagemaker.readthedocs.io/en/stable/api/utility/lambda_helper.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Fact

_PIPELINE, _FUNCTION = ".workflow.pipeline.Pipeline", ".lambda_helper.Lambda"


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield what makes pipelines, and what such functions run: a function of a file, whose folder the run may know."""
    for call in stated.calls if "sagemaker" in stated.imports else ():
        if call.name.startswith("sagemaker.") and call.name.endswith(_PIPELINE) and call.unit:
            yield Unit(call.line, call.unit, "pipeline")
        elif call.name.startswith("sagemaker.") and call.name.endswith(_FUNCTION):
            script = call.arguments.get("script", "").rpartition("{}")[2].lstrip("/")
            function = call.arguments.get("handler", "").rpartition(".")[2]
            if script.endswith(".py") and function.isidentifier():
                for unit in dict.fromkeys((call.unit, *call.owners)):
                    yield Link(call.line, "function", f"{script}:{function}", unit)
