from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command, Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

MAKEFILE = """\
PY ?= python3
.PHONY: all train
all: data train
data: ; $(PY) prepare.py
train: data
\t@$(PY) -m churn.train \\
\t\t--fast
\t-rm -f model
ifeq ($(A),1)
B := 2
endif
loop: $(loop)
\t$(loop)
"""


def test_targets_recipes_and_prerequisites(stated: Callable[..., list[Any]]) -> None:
    assert stated("Makefile", MAKEFILE, Unit, "line", "name") == [(3, "all"), (4, "data"), (5, "train"), (12, "loop")]
    assert stated("Makefile", MAKEFILE, Link, "target", "unit") == [
        ("all", ""),
        ("data", "all"),
        ("train", "all"),
        ("data", "train"),
    ]
    assert stated("Makefile", MAKEFILE, Command, "line", "run", "unit", "tolerated")[:3] == [
        (4, "python prepare.py", "data", False),
        (6, "python -m churn.train --fast", "train", False),
        (8, "rm -f model", "train", True),
    ]


def test_dvc_stages_run_in_order_of_what_they_make(stated: Callable[..., list[Any]]) -> None:
    text = "stages:\n  a:\n    cmd: python a.py\n    outs: [x]\n  b:\n    wdir: sub\n    cmd:\n      - python b.py\n    deps: [x]\n  c:\n    foreach: [1]\n    do:\n      cmd: python c.py\n"
    assert stated("ml/dvc.yaml", text, Unit, "name", "kind") == [
        ("", "pipeline"),
        ("a", "stage"),
        ("b", "stage"),
        ("c", "stage"),
    ]
    assert stated("ml/dvc.yaml", text, Command, "line", "run", "directory") == [
        (3, "python a.py", "ml"),
        (8, "python b.py", "ml/sub"),
        (13, "python c.py", "ml"),
    ]
    assert ("after", "a", "b") in stated("ml/dvc.yaml", text, Link, "kind", "target", "unit")


def test_mlflow_projects_have_entry_points(stated: Callable[..., list[Any]]) -> None:
    assert stated(
        "MLproject", "entry_points:\n  main:\n    command: python train.py {x}\n", Command, "line", "run", "unit"
    ) == [(3, "python train.py {x}", "main")]


def test_tasks_of_pyproject_and_their_order(stated: Callable[..., list[Any]]) -> None:
    text = '[tool.poe.tasks]\ntest = "pytest"\nall = ["test", "lint"]\nlint.cmd = "ruff check"\n[project.scripts]\nchurn = "churn.cli:main"\n'
    assert stated("pyproject.toml", text, Unit, "line", "name", "kind") == [
        (2, "test", "task"),
        (3, "all", "task"),
        (4, "lint", "task"),
        (6, "churn", "console-script"),
    ]
    assert stated("pyproject.toml", text, Link, "kind", "target", "unit") == [
        ("unit", "test", "all"),
        ("unit", "lint", "all"),
        ("function", "churn.cli:main", "churn"),
    ]


def test_tasks_of_other_runners(stated: Callable[..., list[Any]]) -> None:
    assert stated("package.json", '{"scripts": {"test": "vitest"}}', Command, "run", "unit") == [("vitest", "test")]
    assert stated("tox.ini", "[testenv:py]\ncommands =\n    pytest {posargs}\n", Command, "run", "unit") == [
        ("pytest", "testenv:py")
    ]
    taskfile = "tasks:\n  a:\n    cmds:\n      - pytest\n      - task: b\n  b:\n    deps: [c]\n    cmd: x\n  c: [y]\n"
    assert stated("Taskfile.yml", taskfile, Link, "target", "unit") == [("b", "a"), ("c", "b")]
    setup = "[options.entry_points]\nconsole_scripts =\n    churn = churn.cli:main\n"
    assert stated("setup.cfg", setup, Link, "target", "unit") == [("churn.cli:main", "churn")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", '[tool.pixi.feature.test.tasks]\nunit = "pytest"\n'),
        ("pyproject.toml", '[tool.hatch.envs.test.scripts]\nunit = "pytest"\n'),
        ("pixi.toml", '[feature.test.tasks]\nunit = { cmd = "pytest" }\n'),
        ("pixi.toml", '[target.linux-64.tasks]\nunit = "pytest"\n'),
        ("hatch.toml", '[envs.default.scripts]\nunit = "pytest"\n'),
        ("Pipfile", '[scripts]\nunit = "pytest"\n'),
        ("composer.json", '{"scripts": {"unit": "pytest"}}'),
    ],
)
def test_tasks_of_features_environments_and_packagers(stated: Callable[..., list[Any]], path: str, text: str) -> None:
    assert stated(path, text, Command, "run", "unit") == [("pytest", "unit")]


def test_dependencies_of_a_feature_are_no_tasks(stated: Callable[..., list[Any]]) -> None:
    assert stated("pixi.toml", '[feature.test.dependencies]\npytest = "*"\n', Command) == []


def test_a_script_of_composer_names_others(stated: Callable[..., list[Any]]) -> None:
    text = '{"scripts": {"all": ["@unit", "@php bin/check"], "unit": "phpunit"}}'
    assert stated("composer.json", text, Link, "target", "unit") == [("unit", "all")]
    assert ("php bin/check",) in stated("composer.json", text, Command, "run")


def test_scripts_and_procfiles(stated: Callable[..., list[Any]]) -> None:
    assert stated("run.sh", "#!/bin/sh\npython a.py\n", Command, "line", "run") == [(2, "python a.py")]
    assert stated("Procfile", "web: gunicorn app:app\n", Command, "line", "run", "unit") == [
        (1, "gunicorn app:app", "web")
    ]


def test_prefect_deployments_link_to_their_flow(stated: Callable[..., list[Any]]) -> None:
    text = "deployments:\n  - name: weekly\n    entrypoint: flows/train.py:churn\n    schedules:\n      - cron: 0 3 * * 1\n      - cron: 1 1 * * *\n        active: false\n"
    assert stated("prefect.yaml", text, Link, "kind", "target", "unit") == [
        ("function", "flows/train.py:churn", "weekly")
    ]
    assert stated("prefect.yaml", text, Trigger, "line", "detail") == [(5, "0 3 * * 1")]
    old = "name: weekly\nschedule:\n  cron: 0 3 * * 1\nis_schedule_active: false\nentrypoint: train.py:churn\npath: flows\n"
    assert stated("x-deployment.yaml", old, Trigger) == []
    assert stated("x-deployment.yaml", old, Link, "target") == [("flows/train.py:churn",)]


def test_databricks_jobs_and_their_schedule(stated: Callable[..., list[Any]]) -> None:
    text = "resources:\n  jobs:\n    churn:\n      tasks:\n        - notebook_task:\n            notebook_path: ../nb/train\n      schedule:\n        quartz_cron_expression: 0 0 3 * * ?\n        pause_status: {}\n"
    assert stated("ml/job.yml", text.format("UNPAUSED"), Link, "target") == [("nb/train.py",)]
    assert stated("ml/job.yml", text.format("UNPAUSED"), Trigger, "event") == [("schedule",)]
    assert stated("ml/job.yml", text.format("PAUSED"), Trigger) == []


DBX = """\
environments:
  default:
    workflows:
      - name: churn-train
        tasks:
          - python_wheel_task: {package_name: churn, entry_point: train}
          - spark_python_task: {python_file: "file://jobs/score.py"}
      - name: churn-old
        notebook_task: {notebook_path: nb/old}
        schedule: {quartz_cron_expression: "0 0 3 * * ?"}
"""


def test_dbx_workflows_run_entry_points_files_and_notebooks(stated: Callable[..., list[Any]]) -> None:
    assert stated("conf/deployment.yml", DBX, Link, "kind", "target", "unit") == [
        ("script", "train", "churn-train"),
        ("file", "jobs/score.py", "churn-train"),
        ("file", "conf/nb/old.py", "churn-old"),
    ]
    assert stated("conf/deployment.yml", DBX, Unit, "alias")[0] == ("databricks/churn-train",)
    assert stated("conf/deployment.yml", DBX, Trigger, "event", "unit") == [("schedule", "churn-old")]


def test_azure_ml_jobs_and_cluster_jobs(stated: Callable[..., list[Any]]) -> None:
    schema = "$schema: https://azuremlschemas.azureedge.net/latest/{}.schema.json\n"
    job = schema.format("commandJob") + "code: ../src\ncommand: python train.py\n"
    assert stated("ml/job.yml", job, Command, "run", "directory") == [("python train.py", "src")]
    pipeline = schema.format("pipelineJob") + "jobs:\n  train:\n    component: ./train.yml\n"
    assert ("file", "ml/train.yml", "train") in stated("ml/pipe.yml", pipeline, Link, "kind", "target", "unit")
    sweep = schema.format("sweepJob") + "trial:\n  code: ../src\n  command: python tune.py\n"
    assert stated("ml/sweep.yml", sweep, Command, "run", "directory") == [("python tune.py", "src")]
    trial = schema.format("pipelineJob") + "jobs:\n  tune:\n    trial: parts/trial.yml\n"
    assert ("file", "ml/parts/trial.yml", "tune") in stated("ml/pipe.yml", trial, Link, "kind", "target", "unit")
    schedule = schema.format("schedule") + "trigger:\n  type: cron\n  expression: 0 3 * * 1\ncreate_job: ./pipe.yml\n"
    assert stated("ml/schedule.yml", schedule, Trigger, "detail") == [("0 3 * * 1",)]
    assert stated("ml/schedule.yml", schedule, Link, "target") == [("ml/pipe.yml",)]
    assert stated("job.yaml", "compute_config: gpu\nentrypoint: bash run.sh\n", Command, "run") == [("bash run.sh",)]


def test_bodywork_stages_link_to_their_program(stated: Callable[..., list[Any]]) -> None:
    text = "stages:\n  train:\n    executable_module_path: ml/train.py\n"
    assert ("file", "ml/train.py", "train") in stated("bodywork.yaml", text, Link, "kind", "target", "unit")


JUSTFILE = """\
set shell := ["bash", "-c"]
model := "svc"

# trains
train env="dev": data (build "x")
    @python -m churn.train --model {{model}}
    -rm -rf old

data:
    dvc pull
build arg:
    #!/usr/bin/env bash
    echo {{arg}}
"""


def test_recipes_of_a_justfile(stated: Callable[..., list[Any]]) -> None:
    assert stated("justfile", JUSTFILE, Unit, "line", "name") == [(5, "train"), (9, "data"), (11, "build")]
    assert stated("justfile", JUSTFILE, Link, "target", "unit") == [
        ("train", ""),
        ("data", "train"),
        ("build", "train"),
    ]
    assert stated("justfile", JUSTFILE, Command, "line", "run", "unit", "tolerated")[:3] == [
        (6, "python -m churn.train --model svc", "train", False),
        (7, "rm -rf old", "train", True),
        (10, "dvc pull", "data", False),
    ]


TASKS = """\
import nox
from invoke import task

@task
def train(ctx):
    ctx.run("python -m churn.train", echo=True)

@nox.session(python="3.11")
def tests(session):
    session.install("pytest")
    session.run("pytest", "-q")
"""


def test_tasks_of_invoke_and_sessions_of_nox(stated: Callable[..., list[Any]]) -> None:
    assert stated("tasks.py", TASKS, Unit, "line", "name", "kind") == [(5, "train", "task"), (9, "tests", "task")]
    assert stated("tasks.py", TASKS, Command, "line", "run", "unit") == [
        (6, "python -m churn.train", "train"),
        (11, "pytest -q", "tests"),
    ]


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("[uwsgi]\nmodule = churn.api:app\n", ["uwsgi --module churn.api:app"]),
        ("[uwsgi]\nmaster = true\nmodule = wsgi\n", ["uwsgi --module wsgi:application"]),
        ("[uwsgi]\nwsgi-file = churn/api.py\n", ["uwsgi --wsgi-file churn/api.py"]),
        ("[uwsgi]\nmaster = true\n", []),
        ("[loader]\nmodule = churn.api:app\n", []),
    ],
)
def test_the_configuration_of_a_server_names_its_application(
    text: str, run: list[str], stated: Callable[..., list[Any]]
) -> None:
    assert [found for (found,) in stated("deploy/uwsgi.ini", text, Command, "run")] == run
