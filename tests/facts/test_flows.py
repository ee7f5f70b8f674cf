from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command, Image, Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Callable


def linked(stated: Callable[..., list[Any]], text: str, path: str = "flows/churn.py") -> set[tuple[str, str, str]]:
    return set(stated(path, text, Link, "unit", "kind", "target"))


def scheduled(stated: Callable[..., list[Any]], text: str, path: str = "flows/churn.py") -> list[tuple[str, str]]:
    return stated(path, text, Trigger, "unit", "detail")


def test_objects_of_two_dags_with_one_name_are_two_objects(stated: Callable[..., list[Any]]) -> None:
    text = (
        "from airflow import DAG\nfrom airflow.operators.python import PythonOperator\n"
        "def f(): ...\ndef g(): ...\n"
        "with DAG('a', schedule='@daily') as dag:\n    t = PythonOperator(task_id='t', python_callable=f)\n"
        "with DAG('b') as dag:\n    t = PythonOperator(task_id='t', python_callable=g)\n"
    )
    assert {("dag", "unit", "dag.t"), ("dag:7", "unit", "dag:7.t:8")} <= linked(stated, text)
    assert stated("x.py", text, Unit, "name", "alias")[::2] == [("dag", "a"), ("dag:7", "b")]


def test_a_with_statement_over_a_dag_made_before_describes_it(stated: Callable[..., list[Any]]) -> None:
    text = (
        "from airflow import DAG\nfrom airflow.operators.bash import BashOperator\n"
        "dag = DAG('a', schedule='@daily')\nwith dag:\n    BashOperator(task_id='t', bash_command='python x.py')\n"
    )
    assert linked(stated, text) == {("dag", "unit", "dag.t")}
    assert stated("x.py", text, Command, "unit", "run") == [("dag.t", "python x.py")]


def test_operators_run_their_commands_in_the_image_else_what_the_image_runs(stated: Callable[..., list[Any]]) -> None:
    text = (
        "from airflow.sdk import DAG\nfrom airflow.providers.docker.operators.docker import DockerOperator\n"
        "with DAG('a') as dag:\n"
        "    DockerOperator(task_id='own', image='churn:1')\n"
        "    DockerOperator(task_id='given', image='churn:1', command=['python', 'x.py'])\n"
    )
    assert ("dag.own", "image", "churn:1") in linked(stated, text)
    assert ("dag.given", "image", "churn:1") not in linked(stated, text)
    assert stated("x.py", text, Command, "unit", "run") == [("dag.given", "python x.py")]
    assert {unit for (unit,) in stated("x.py", text, Image, "unit")} == {"dag.own", "dag.given"}


def test_an_operator_of_the_repository_runs_what_it_executes(stated: Callable[..., list[Any]]) -> None:
    text = "from airflow.models import BaseOperator\nclass Train(BaseOperator):\n    def execute(self, context): ...\n"
    assert ("Train.__init__", "unit", "Train.execute") in linked(stated, text)


@pytest.mark.parametrize(
    "schedule",
    ["None", "'@once'", "cron", "[weather]", "[Dataset('s3://a')]", "Dataset('s3://a')", "(Dataset('a') & weather)"],
)
def test_no_time_starts_a_dag(stated: Callable[..., list[Any]], schedule: str) -> None:
    text = f"from airflow import DAG, Dataset\nfrom data import weather\ndef make(cron):\n    dag = DAG('a', schedule={schedule})\n"
    assert scheduled(stated, text) == []


@pytest.mark.parametrize(
    "schedule", ["timedelta(days=DAYS)", "CRON", "'0 3 * * 1'", "DatasetOrTimeSchedule(timetable=T)"]
)
def test_a_time_starts_a_dag(stated: Callable[..., list[Any]], schedule: str) -> None:
    text = (
        "from datetime import timedelta\nfrom airflow import DAG\nfrom settings import CRON, DAYS, T\n"
        "from airflow.timetables.datasets import DatasetOrTimeSchedule\n"
        f"dag = DAG('a', schedule={schedule})\n"
    )
    assert [unit for unit, _ in scheduled(stated, text)] == ["dag"]


@pytest.mark.parametrize(
    ("call", "detail", "target"),
    [
        ("DeploymentSpec(flow=go, schedule=IntervalSchedule(interval=60))", "60", "flows/churn.py:go"),
        ("DeploymentSpec(flow_location='flows/go.py', name='n', schedule=Cron('@daily'))", "@daily", "flows/go.py"),
        ("go.serve(name='n', interval=60)", "60", "flows/churn.py:go"),
        ("go.with_options(name='x').to_deployment('n', rrule='FREQ=DAILY')", "FREQ=DAILY", "flows/churn.py:go"),
        ("RunnerDeployment.from_flow(go, name='n', cron='@daily')", "@daily", "flows/churn.py:go"),
    ],
)
def test_prefect_schedules_a_flow(stated: Callable[..., list[Any]], call: str, detail: str, target: str) -> None:
    text = (
        "from prefect import flow\nfrom prefect.deployments import DeploymentSpec\nfrom prefect.schedules import Cron\n"
        "from prefect.deployments.runner import RunnerDeployment\nfrom prefect.schedules import IntervalSchedule\n"
        f"@flow\ndef go(): ...\n{call}\n"
    )
    assert [found for _, found in scheduled(stated, text)] == [detail]
    assert target in {found for _, _, found in linked(stated, text)}


@pytest.mark.parametrize(
    "call",
    [
        "go.serve()",
        "go.serve(cron=None)",
        "go.deploy('n', cron='@daily', paused=True)",
        "go.serve(schedules=[])",
        "model.deploy('n')",
    ],
)
def test_prefect_schedules_nothing(stated: Callable[..., list[Any]], call: str) -> None:
    assert scheduled(stated, f"from prefect import flow\n@flow\ndef go(): ...\n{call}\n") == []


def test_a_deployment_is_known_by_its_flows_name_where_that_is_known(stated: Callable[..., list[Any]]) -> None:
    here = "from prefect import flow\n@flow\ndef my_flow(): ...\nmy_flow.deploy('weekly', work_pool_name='p')\n"
    there = "from flows.x import my_flow\nmy_flow.deploy('weekly', work_pool_name='p')\n"
    assert ("deployment", "my-flow/weekly") in stated("a.py", here, Unit, "kind", "alias")
    assert stated("a.py", there, Unit, "kind", "alias") == [("deployment", "weekly")]


@pytest.mark.parametrize(
    ("sensor", "asked", "link"),
    [
        ("sensor(job=retrain)", "RunRequest(run_key='1')", ("watch", "object", "jobs.retrain")),
        ("asset_sensor(asset_key=KEY, job=retrain)", "RunRequest()", ("watch", "object", "jobs.retrain")),
        (
            "run_status_sensor(run_status=DONE, request_job=retrain)",
            "RunRequest()",
            ("watch", "object", "jobs.retrain"),
        ),
        ("sensor(jobs=[retrain, score])", "RunRequest(job_name='retrain')", ("watch", "name", "retrain")),
        ("sensor(job=retrain)", "SkipReason('stable')", None),  # says that nothing is to start
        ("schedule(job=retrain, cron_schedule='@daily')", "RunRequest()", None),  # which the schedule starts anyway
    ],
)
def test_a_request_of_a_sensor_of_dagster_starts_its_job(
    stated: Callable[..., list[Any]], sensor: str, asked: str, link: tuple[str, str, str] | None
) -> None:
    head = "from dagster import RunRequest, SkipReason, asset_sensor, run_status_sensor, schedule, sensor\n"
    text = f"{head}from jobs import retrain, score\n@{sensor}\ndef watch(context):\n    yield {asked}\n"
    assert [found for found in linked(stated, text) if found[2].endswith("retrain")] == ([link] if link else [])


@pytest.mark.parametrize(
    ("selection", "targets"),
    [
        ("", {"all assets"}),
        (", selection='*'", {"all assets"}),
        (", selection=dg.AssetSelection.all()", {"all assets"}),
        (", selection=['a', '*b']", {"a", "b"}),
        (", selection='group:\"g\"'", {"asset group g"}),
        (", selection=dg.AssetSelection.groups('g', 'h')", {"asset group g", "asset group h"}),
        (", selection=dg.AssetSelection.assets('a')", {"a"}),
        (", selection=dg.AssetSelection.all() - dg.AssetSelection.groups('g')", set()),
        (", selection=chosen", set()),
    ],
)
def test_dagster_jobs_select_assets(stated: Callable[..., list[Any]], selection: str, targets: set[str]) -> None:
    text = f"import dagster as dg\ndef make(chosen):\n    job = dg.define_asset_job('j'{selection})\n"
    assert linked(stated, text) == {("make.job", "name", target) for target in targets}


def test_modules_are_loaded_into_a_group(stated: Callable[..., list[Any]]) -> None:
    text = "from dagster import load_assets_from_modules\nfrom churn import models\nload_assets_from_modules([models], group_name='g')\n"
    assert linked(stated, text) == {("asset group g", "function", "churn.models.all assets")}


def test_a_component_that_an_object_holds_is_run_by_the_pipeline(stated: Callable[..., list[Any]]) -> None:
    text = (
        "from kfp.components import create_component_from_func\ndef train(): ...\n"
        "train_op = create_component_from_func(train)\ndef pipeline():\n    train_op()\n"
    )
    assert ("pipeline", "unit", "train_op") in linked(stated, text)


def test_prefect_files_are_known_by_name_and_paused_ones_have_no_schedule(stated: Callable[..., list[Any]]) -> None:
    text = "deployments:\n  - name: n\n    entrypoint: a.py:f\n    paused: true\n    schedules:\n      - cron: '0 3 * * 1'\n"
    assert stated("prefect.yaml", text, Trigger) == []
    assert stated("prefect.yaml", text, Unit, "name", "alias") == [("n", "n")]


def test_kestra_starts_flows_by_name_and_leaves_out_what_is_switched_off(stated: Callable[..., list[Any]]) -> None:
    text = """id: a
namespace: n
tasks:
  - {id: sub, type: io.kestra.plugin.core.flow.Subflow, flowId: train}
  - {id: off, type: io.kestra.plugin.scripts.shell.Commands, disabled: true, commands: [python x.py]}
triggers:
  - {id: hook, type: io.kestra.plugin.core.trigger.Webhook, key: k}
  - id: upon
    type: io.kestra.plugin.core.trigger.Flow
    preconditions: {id: p, flows: [{namespace: n, flowId: load}]}
"""
    assert linked(stated, text, "flows/a.yml") == {
        ("a", "unit", "a.sub"),
        ("a.sub", "name", "train"),
        ("a", "upon", "load"),
    }
    assert stated("flows/a.yml", text, Trigger) == []
    assert stated("flows/a.yml", text, Command) == []


def test_mage_triggers_by_time_and_event_only(stated: Callable[..., list[Any]]) -> None:
    text = "triggers:\n" + "".join(
        f"- {{name: {name}, schedule_type: {kind}, schedule_interval: '{when}', status: {status}}}\n"
        for name, kind, when, status in (
            ("a", "time", "@daily", "active"),
            ("b", "time", "@once", "active"),
            ("c", "event", "", "active"),
            ("d", "api", "", "active"),
            ("e", "time", "@daily", "inactive"),
        )
    )
    found = stated("ml/pipelines/train/triggers.yaml", text, Trigger, "unit", "event")
    assert found == [("a", "schedule"), ("c", "event")]
    assert stated("ml/other/train/triggers.yaml", text, Trigger) == []


@pytest.mark.parametrize(
    ("operator", "arguments", "target"),
    [
        ("google.cloud.operators.cloud_run.CloudRunExecuteJobOperator", 'job_name="a"', "google_cloud_run_v2_job/a"),
        ("amazon.aws.operators.ecs.EcsRunTaskOperator", 'task_definition="a:3"', "aws_ecs_task_definition/a"),
        ("amazon.aws.operators.batch.BatchOperator", 'job_definition="a"', "aws_batch_job_definition/a"),
        (
            "amazon.aws.operators.lambda_function.LambdaInvokeFunctionOperator",
            'function_name="a"',
            "aws_lambda_function/a",
        ),
        ("google.cloud.operators.cloud_run.CloudRunExecuteJobOperator", "job_name=NAME", ""),
        ("google.cloud.operators.cloud_run.CloudRunDeleteJobOperator", 'job_name="a"', ""),
    ],
)
def test_an_airflow_task_starts_a_job_that_infrastructure_declares(
    operator: str, arguments: str, target: str, stated: Callable[..., list[Any]]
) -> None:
    module, _, name = operator.rpartition(".")
    code = f"from airflow import DAG\nfrom airflow.providers.{module} import {name}\nwith DAG('d') as dag:\n"
    links = stated("dags/d.py", f'{code}    {name}(task_id="t", {arguments})\n', Link, "kind", "target")
    assert [where for kind, where in links if kind == "resource"] == ([target] if target else [])
