from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command, Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

RUN = "uvicorn churn.api:app"


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("render.yaml", f"services:\n  - type: web\n    name: api\n    startCommand: {RUN}\n", "api"),
        ("render.yaml", f"services:\n  - type: web\n    dockerCommand: {RUN}\n", "service 0"),
        ("railway.json", '{"deploy": {"startCommand": "' + RUN + '"}}', "railway"),
        ("railway.toml", f'[deploy]\nstartCommand = "{RUN}"\n', "railway"),
        ("nixpacks.toml", f'[start]\ncmd = "{RUN}"\n', "start"),
        ("fly.toml", f'app = "churn"\n[processes]\nweb = "{RUN}"\n', "web"),
        ("app.yaml", f"runtime: python311\nentrypoint: {RUN}\n", "default"),
        ("apprunner.yaml", f"run:\n  command: {RUN}\n", "run"),
        (".do/app.yaml", f"services:\n  - name: api\n    run_command: {RUN}\n", "api"),
    ],
)
def test_a_platform_starts_a_service(path: str, text: str, name: str, stated: Callable[..., list[Any]]) -> None:
    assert stated(path, text, Unit, "name", "kind") == [(name, "service")]
    assert stated(path, text, Command, "unit", "run") == [(name, RUN)]


@pytest.mark.parametrize(
    ("path", "text", "file"),
    [
        ("render.yaml", "services:\n  - type: web\n    runtime: docker\n", "Dockerfile"),
        (
            "render.yaml",
            "services:\n  - {type: web, rootDir: api, dockerfilePath: ./Dockerfile.prod}\n",
            "api/Dockerfile.prod",
        ),
        ("railway.json", '{"build": {"builder": "DOCKERFILE"}}', "Dockerfile"),
        ("fly.toml", 'app = "churn"\n', "Dockerfile"),
        ("fly.toml", 'app = "churn"\n[build]\ndockerfile = "Dockerfile.fly"\n', "Dockerfile.fly"),
        (".do/app.yaml", "workers:\n  - dockerfile_path: api/Dockerfile\n", "api/Dockerfile"),
        (".do/app.yaml", "jobs:\n  - {source_dir: /api, dockerfile_path: api/Dockerfile}\n", "api/Dockerfile"),
    ],
)
def test_a_platform_builds_an_image(path: str, text: str, file: str, stated: Callable[..., list[Any]]) -> None:
    assert stated(path, text, Link, "kind", "target") == [("file", file)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "render.yaml",
            "services:\n  - {type: cron, name: retrain, schedule: '0 3 * * 1', startCommand: python train.py, rootDir: ml}\n",
        ),
        ("ml/railway.toml", '[deploy]\nstartCommand = "python train.py"\ncronSchedule = "0 3 * * 1"\n'),
    ],
)
def test_a_platform_starts_a_job_by_the_clock(path: str, text: str, stated: Callable[..., list[Any]]) -> None:
    assert stated(path, text, Trigger, "event", "detail") == [("schedule", "0 3 * * 1")]
    assert stated(path, text, Command, "run", "directory") == [("python train.py", "ml")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("config/app.yaml", "entrypoint: python app.py\n"),
        ("fly.toml", 'app = "churn"\n[build]\nimage = "postgres:16"\n'),
        ("fly.toml", 'app = "churn"\n[build]\nbuilder = "paketobuildpacks/builder:base"\n'),
        ("railway.json", '{"build": {"builder": "NIXPACKS"}}'),
        ("nixpacks.toml", '[phases.setup]\nnixPkgs = ["gcc"]\n'),
        ("services.yaml", "services:\n  - startCommand: python app.py\n"),
    ],
)
def test_a_file_that_starts_nothing(path: str, text: str, stated: Callable[..., list[Any]]) -> None:
    assert stated(path, text, Unit) == stated(path, text, Command) == []


def test_a_blueprint_of_a_page_alone_starts_nothing(stated: Callable[..., list[Any]]) -> None:
    text = "services:\n  - {type: web, name: page, runtime: static, staticPublishPath: ./dist}\n"
    assert stated("render.yaml", text, Command) == stated("render.yaml", text, Link) == []


@pytest.mark.parametrize(
    ("trigger", "found"),
    [
        ("{periodic: {interval: 2, unit: DAYS}}", [("schedule", "every 2 days")]),
        ("{file_arrival: {url: s3://rows}}", [("event", "data")]),
        ("{pause_status: PAUSED, periodic: {interval: 2, unit: DAYS}}", []),
    ],
)
def test_a_job_of_databricks_starts_after_a_while(
    trigger: str, found: list[tuple[str, str]], stated: Callable[..., list[Any]]
) -> None:
    text = f"resources:\n  jobs:\n    train:\n      trigger: {trigger}\n      tasks: []\n"
    assert stated("databricks.yml", text, Trigger, "event", "detail") == found
