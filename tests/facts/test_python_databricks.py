"""Jobs of Databricks that Python code writes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

DICT = """\
import requests
from settings import ROOT

FOLDER = "/Workspace/Repos/churn/jobs"
CLUSTER = {{"num_workers": 2}}
TASKS = [{{"task_key": "train", "spark_python_task": {{"python_file": {file}}}, "new_cluster": CLUSTER}}]
requests.post("https://adb.example.net/api/2.1/jobs/create", json={{
    "name": "churn",
    "tasks": TASKS,
    "schedule": {{"quartz_cron_expression": "0 0 5 ? * MON", "pause_status": "{status}"}},
}})
"""

CLIENT = """\
from databricks.sdk import WorkspaceClient
from databricks.sdk.service import jobs

task = jobs.Task(task_key="train", notebook_task=jobs.NotebookTask(notebook_path="/Shared/churn/train"))
WorkspaceClient().jobs.create(
    name="churn",
    tasks=[task],
    schedule=jobs.CronSchedule(quartz_cron_expression="0 0 5 ? * MON", pause_status=jobs.PauseStatus.{status}),
)
"""


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ('"/Workspace/churn/train.py"', ("workspace", "/Workspace/churn/train.py")),
        ('f"{FOLDER}/train.py"', ("workspace", "/Workspace/Repos/churn/jobs/train.py")),
        ('f"{ROOT}/jobs/train.py"', ("workspace", "/Workspace/jobs/train.py")),
        ('"train.py"', ("file", "churn/train.py")),
    ],
)
def test_a_job_as_a_dict(file: str, target: tuple[str, str], stated: Callable[..., list[Any]]) -> None:
    text = DICT.format(file=file, status="UNPAUSED")
    assert stated("churn/deploy.py", text, Unit, "line", "name", "kind") == [(7, "job 7", "pipeline")]
    assert stated("churn/deploy.py", text, Link, "kind", "target", "unit") == [(*target, "job 7")]
    assert stated("churn/deploy.py", text, Trigger, "event", "detail", "unit") == [
        ("schedule", "0 0 5 ? * MON", "job 7")
    ]


def test_a_job_as_the_arguments_of_the_client(stated: Callable[..., list[Any]]) -> None:
    text = CLIENT.format(status="UNPAUSED")
    assert stated("deploy.py", text, Link, "kind", "target", "unit") == [("workspace", "/Shared/churn/train", "job 5")]
    assert stated("deploy.py", text, Trigger, "event", "unit") == [("schedule", "job 5")]


@pytest.mark.parametrize("text", [DICT.format(file='"train.py"', status="PAUSED"), CLIENT.format(status="PAUSED")])
def test_a_paused_job_starts_nothing(text: str, stated: Callable[..., list[Any]]) -> None:
    assert len(stated("deploy.py", text, Unit)) == 1
    assert stated("deploy.py", text, Trigger) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tests/test_deploy.py", DICT.format(file='"train.py"', status="UNPAUSED")),
        ("deploy.py", 'plan = {"tasks": [{"name": "train"}], "schedule": {"quartz_cron_expression": "0 0 5 ? * MON"}}'),
        ("deploy.py", 'board.create(tasks=["train", "test"], new_cluster=None)'),
        ("deploy.py", 'tasks = tasks\njob = {"tasks": tasks}'),
    ],
)
def test_what_is_no_job(path: str, text: str, stated: Callable[..., list[Any]]) -> None:
    assert stated(path, text, Unit) == stated(path, text, Trigger) == []


def test_a_step_that_makes_a_job_does_not_run_it(stated: Callable[..., list[Any]]) -> None:
    code = DICT.format(file='"/Workspace/churn/train.py"', status="UNPAUSED")
    text = f"#!/bin/bash\npython - <<'EOF'\n{code}EOF\n"
    assert stated("deploy.sh", text, Link) == []
