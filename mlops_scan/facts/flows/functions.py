"""Orchestrators whose flows and steps are decorated functions: AzureML, ClearML, Flyte, KFP, SageMaker, ZenML, others.

Sources of the formats: https://docs.flyte.org/en/latest/user_guide/concepts/main_concepts/workflows.html,
https://www.kubeflow.org/docs/components/pipelines/user-guides/components/lightweight-python-components/,
https://docs.zenml.io/concepts/steps_and_pipelines, https://docs.metaflow.org/metaflow/basics,
https://clear.ml/docs/latest/docs/pipelines/pipelines_sdk_function_decorators,
https://learn.microsoft.com/en-us/azure/machine-learning/how-to-create-component-pipeline-python and
https://sagemaker.readthedocs.io/en/stable/workflows/pipelines/sagemaker.workflow.pipelines.html#step-decorator
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated

_KINDS = {
    "flytekit.workflow": "pipeline",
    "flytekit.dynamic": "pipeline",
    "flytekit.task": "stage",
    "union.workflow": "pipeline",
    "union.task": "stage",
    "flyte.TaskEnvironment.task": "stage",
    "kfp.dsl.pipeline": "pipeline",
    "kfp.dsl.component": "stage",
    "kfp.dsl.container_component": "stage",
    "kfp.v2.dsl.pipeline": "pipeline",
    "kfp.v2.dsl.component": "stage",
    "zenml.pipeline": "pipeline",
    "zenml.pipelines.pipeline": "pipeline",
    "zenml.step": "stage",
    "zenml.steps.step": "stage",
    "metaflow.step": "stage",
    "clearml.PipelineDecorator.component": "stage",
    "clearml.PipelineDecorator.pipeline": "pipeline",
    "clearml.automation.PipelineDecorator.component": "stage",
    "clearml.automation.PipelineDecorator.pipeline": "pipeline",
    "clearml.automation.controller.PipelineDecorator.component": "stage",
    "clearml.automation.controller.PipelineDecorator.pipeline": "pipeline",
    "azure.ai.ml.dsl.pipeline": "pipeline",
    "mldesigner.command_component": "stage",
    "sagemaker.workflow.function_step.step": "stage",
}


def facts(stated: Stated) -> Iterator[Unit]:
    """Yield the flows and steps that decorators make of functions; a step may be known by a file of its own."""
    for decorator in stated.decorators:
        kind = _KINDS.get(decorator.name)
        if kind is not None:
            file = posixpath.basename(text(decorator.arguments, "output_component_file"))
            yield Unit(line=decorator.line, name=decorator.unit, kind=kind, alias=file)
