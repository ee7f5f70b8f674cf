"""Airflow tasks that start a job which somebody else declares, by the name that the cloud knows it by.

Sources of the operators: https://airflow.apache.org/docs/apache-airflow-providers-google/stable/operators/cloud/cloud_run.html
and https://airflow.apache.org/docs/apache-airflow-providers-amazon/stable/operators/index.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link
from mlops_scan.facts.shapes.databricks import WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Call

# operator: the argument that names the job, and the type of resource that declares it
_JOBS = {
    "BatchOperator": ("job_definition", "aws_batch_job_definition"),
    "CloudRunExecuteJobOperator": ("job_name", "google_cloud_run_v2_job"),
    "EcsRunTaskOperator": ("task_definition", "aws_ecs_task_definition"),
    "LambdaInvokeFunctionOperator": ("function_name", "aws_lambda_function"),
}
_NOTEBOOK = ".DatabricksNotebookOperator"


def started(call: Call, task: str) -> Iterator[Link]:
    """Yield the link from a task to the job that its operator starts."""
    notebook = text(call.arguments, "notebook_path") if call.name.endswith(_NOTEBOOK) else ""
    if notebook.startswith(WORKSPACE):
        yield Link(line=call.line, kind="workspace", target=notebook, unit=task)
    argument, kind = _JOBS.get(call.name.rpartition(".")[2], ("", ""))
    name = text(call.arguments, argument).partition(":")[0]  # a revision stands behind the name
    if name:
        yield Link(line=call.line, kind="resource", target=f"{kind}/{name}", unit=task)
