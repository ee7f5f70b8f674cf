"""What commands start, and what they say of what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph


TRAIN = (
    "from xgboost import XGBClassifier\n\n\ndef train():\n    XGBClassifier().fit(X, y)\n\n\ndef check():\n    pass\n"
)


@pytest.mark.parametrize(
    ("start", "target"),
    [
        ("uvicorn main:app", "serving/main.py"),
        ("python -m jobs.train", "serving/jobs/train.py"),
        ("python main.py", "serving/main.py"),
        ("uvicorn other:app", "other.py"),
    ],
)
def test_an_image_starts_what_was_copied_into_it(
    graph: Callable[[dict[str, str]], Graph], start: str, target: str
) -> None:
    files = dict.fromkeys(("serving/main.py", "main.py", "serving/jobs/train.py", "jobs/train.py", "other.py"), TRAIN)
    dockerfile = f"FROM python\nWORKDIR /app\nCOPY serving/ .\nCMD {start}\n"
    built = graph({"Dockerfile": dockerfile, **files})
    assert [edge.target.path for edge in built.edges[Node("Dockerfile", "")]] == [target]


@pytest.mark.parametrize(
    ("told", "start", "targets"),
    [
        ("ENV FLASK_APP=churn/page.py", "flask run --host=0.0.0.0", ["churn/page.py"]),
        ('ENV FLASK_APP "churn/page.py"', '["python", "-m", "flask", "run"]', ["churn/page.py"]),
        ("ENV FLASK_APP=churn.page FLASK_ENV=production", "flask run", ["churn/page.py"]),
        ("ENV FLASK_APP=churn.page:app", "flask run", ["churn/page.py"]),
        ("ENV FLASK_APP=churn.page", "flask --app churn.app run", ["churn/app.py"]),
        ("ENV FLASK_APP=churn.page", "flask db upgrade", []),
        ("ENV FLASK_APP=churn.page", "echo flask run", []),
        ("ENV FLASK_DEBUG=1", "flask run", ["app.py"]),
        ("", "flask -A churn.page run", ["churn/page.py"]),
        ("", "flask routes", []),
    ],
)
def test_flask_starts_the_application_that_it_is_told_of(
    graph: Callable[[dict[str, str]], Graph], told: str, start: str, targets: list[str]
) -> None:
    files = dict.fromkeys(("app.py", "churn/app.py", "churn/page.py"), TRAIN)
    built = graph({"Dockerfile": f"FROM python\nWORKDIR /srv\nCOPY . .\n{told}\nCMD {start}\n", **files})
    assert [edge.target.path for edge in built.edges.get(Node("Dockerfile", ""), ())] == targets


@pytest.mark.parametrize(
    ("start", "targets"),
    [
        ("gunicorn -w 4 main", ["serving/main.py"]),
        ("gunicorn --preload main --bind :80", ["serving/main.py"]),
        ("gunicorn main:app", ["serving/main.py"]),
        ("gunicorn --name main jobs.train", ["serving/jobs/train.py"]),
        ("gunicorn --name main", []),
        ("uvicorn main", []),
    ],
)
def test_a_server_may_be_given_a_module_alone(
    graph: Callable[[dict[str, str]], Graph], start: str, targets: list[str]
) -> None:
    files = dict.fromkeys(("serving/main.py", "serving/jobs/train.py"), TRAIN)
    built = graph({"Dockerfile": f"FROM python\nWORKDIR /app\nCOPY serving/ .\nCMD {start}\n", **files})
    assert [edge.target.path for edge in built.edges.get(Node("Dockerfile", ""), ())] == targets


@pytest.mark.parametrize(
    ("rest", "function"),
    [
        ('COPY serving/ ./\nCMD ["main.answer"]', "answer"),
        ('COPY serving/main.py ${LAMBDA_TASK_ROOT}\nCMD ["main.answer"]', "answer"),
        ('COPY . .\nENTRYPOINT ["/usr/bin/python", "-m", "awslambdaric"]\nCMD ["serving.main.answer"]', "answer"),
        ('COPY serving/ ./\nCMD ["main.handler"]', "handler"),
        ('COPY serving/ ./\nENTRYPOINT ["/entry.sh"]\nCMD ["main.answer"]', "answer"),
        ('COPY serving/ ./\nENTRYPOINT ["/bin/log"]\nCMD ["main.answer"]', ""),
        ('COPY serving/ ./\nCMD ["main.gone"]', ""),
        ('COPY serving/ ./\nCMD ["elsewhere.answer"]', ""),
        ('COPY serving/ ./\nCMD ["log.reader", "main.answer"]', ""),
    ],
)
def test_an_image_of_a_runtime_answers_with_the_function_that_it_is_given(
    graph: Callable[[dict[str, str]], Graph], rest: str, function: str
) -> None:
    code = "from mangum import Mangum\n\n\ndef answer(event, context): ...\n\n\nhandler = Mangum(app)\n"
    built = graph({"lambda.dockerfile": f"FROM public.ecr.aws/lambda/python:3.12\n{rest}\n", "serving/main.py": code})
    targets = [tuple(edge.target) for edge in built.edges.get(Node("lambda.dockerfile", ""), ())]
    assert targets == ([("serving/main.py", ""), ("serving/main.py", function)] if function else [])


@pytest.mark.parametrize(
    ("files", "target"),
    [
        (["api/dockerfile"], "api/dockerfile"),
        (["api/dockerfile", "api/Dockerfile"], "api/Dockerfile"),
        (["api/build.dockerfile"], None),
    ],
)
def test_a_build_takes_a_dockerfile_in_small_letters_where_there_is_no_other(
    graph: Callable[[dict[str, str]], Graph], files: list[str], target: str | None
) -> None:
    built = graph({"Makefile": "run:\n\tdocker build api\n", **dict.fromkeys(files, "FROM python\nRUN true\n")})
    edges = built.edges.get(Node("Makefile", "run"), ())
    assert [tuple(edge.target) for edge in edges] == ([(target, "build")] if target else [])


SUPERVISED = """\
[supervisord]
nodaemon=true

[program:churn]
command=python /app/serve.py ; answers
autorestart=true
"""


@pytest.mark.parametrize(
    ("start", "runs"),
    [
        ("/usr/bin/supervisord -c /etc/supervisor/conf.d/supervisord.conf -n", True),
        ("supervisord --configuration=/etc/supervisor/conf.d/supervisord.conf", True),
        ("cat /etc/supervisor/conf.d/supervisord.conf", False),
        ("nginx -c /etc/supervisor/conf.d/supervisord.conf", False),
    ],
)
def test_a_supervisor_runs_the_programs_of_its_settings(
    graph: Callable[[dict[str, str]], Graph], start: str, runs: bool
) -> None:
    image = "FROM python\nCOPY serving/ /app\nCOPY deploy/supervisord.conf /etc/supervisor/conf.d/supervisord.conf\n"
    files = {"deploy/supervisord.conf": SUPERVISED, "serving/serve.py": TRAIN + "\n\ntrain()\n"}
    built = graph({"Dockerfile": f"{image}CMD {start}\n", **files})
    acts = {reached.evidence.act for reached in built.reach([Node("Dockerfile", "")])}
    assert acts == ({"trains"} if runs else set())


@pytest.mark.parametrize(
    ("module", "files", "target"),
    [
        ("src.pipelines.fit", ["training/src/pipelines/fit.py"], "training/src/pipelines/fit.py"),
        ("src.pipelines.fit", ["a/src/pipelines/fit.py", "b/src/pipelines/fit.py"], None),  # either may be in the image
        ("fit", ["training/fit.py"], None),  # as likely a module that is installed: `python -m build`
        ("churn.fit", ["training/fit.py"], None),
    ],
)
def test_a_module_in_an_image_of_unknown_content_is_the_only_one_of_its_package(
    graph: Callable[[dict[str, str]], Graph], module: str, files: list[str], target: str | None
) -> None:
    flow = "from airflow import DAG\nfrom airflow.providers.docker.operators.docker import DockerOperator\n"
    flow += f'with DAG("a"):\n    DockerOperator(task_id="t", image=IMAGE, command="python -m {module}")\n'
    built = graph({"airflow/dags/a.py": flow, **dict.fromkeys(files, TRAIN)})
    targets = {edge.target.path for edges in built.edges.values() for edge in edges if edge.target.path in files}
    assert targets == ({target} if target else set())
