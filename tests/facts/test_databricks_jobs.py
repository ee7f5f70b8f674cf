"""Jobs that dbx deploys, by what its deployment files say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Link, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

_JOBS = '{"jobs": [{"name": "churn", "spark_python_task": {"python_file": "file://churn/train.py"}}]}'


def test_environments_were_top_keys_before_they_had_a_key(stated: Callable[..., list[Any]]) -> None:
    for text in (f'{{"environments": {{"default": {_JOBS}}}}}', f'{{"default": {_JOBS}}}'):
        assert stated("conf/deployment.json", text, Unit, "name", "alias") == [("churn", "databricks/churn")]
        assert stated("conf/deployment.json", text, Link, "target", "unit") == [("churn/train.py", "churn")]


def test_top_keys_of_other_files_are_no_environments(stated: Callable[..., list[Any]]) -> None:
    assert stated("conf/settings.json", f'{{"default": {_JOBS}}}', Unit) == []


TASKS = """{"name": "churn", "tasks": [
  {"task_key": "a", "notebook_task": {"notebook_path": "%s"}, "new_cluster": {"num_workers": 2}}]}"""


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("/Shared/churn/train", ("workspace", "/Shared/churn/train")),
        ("/Users/a@b.c/churn/train", ("workspace", "/Users/a@b.c/churn/train")),
        ("/Workspace/Repos/a/churn/train", ("workspace", "/Workspace/Repos/a/churn/train")),
        ("/Repos/a/churn/train", ("workspace", "/Repos/a/churn/train")),
        ("/churn-mlops/train", ("workspace", "/churn-mlops/train")),
        ("../notebooks/train", ("file", "notebooks/train.py")),
    ],
)
def test_notebooks_by_where_a_workspace_holds_them(
    written: str, found: tuple[str, str], stated: Callable[..., list[Any]]
) -> None:
    assert stated("jobs/churn.json", TASKS % written, Link, "kind", "target") == [found]


def test_tasks_of_something_else_make_no_job(stated: Callable[..., list[Any]]) -> None:
    text = (TASKS % "/Shared/train").replace("task_key", "name")
    assert stated("jobs/churn.json", text, Link) == []


DAG = """
from airflow.providers.databricks.operators.databricks import DatabricksNotebookOperator

DatabricksNotebookOperator(task_id="train", notebook_path="{path}", source="{source}")
"""


def test_a_notebook_that_airflow_runs(stated: Callable[..., list[Any]]) -> None:
    text = DAG.format(path="/Shared/churn/train", source="WORKSPACE")
    assert ("workspace", "/Shared/churn/train", "train") in stated("dags/a.py", text, Link, "kind", "target", "unit")
    relative = DAG.format(path="notebooks/train", source="GIT")
    assert "workspace" not in [kind for (kind,) in stated("dags/a.py", relative, Link, "kind")]
