from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

READY = "tiangolo/uvicorn-gunicorn-fastapi:python3.11"
NGINX = "tiangolo/uwsgi-nginx-flask:python3.11"
CONFIGURED = "served/uwsgi.ini"
FILES = {"service/main.py": "print()\n", "web/app.R": "print(1)\n", CONFIGURED: "[uwsgi]\nmodule = run:app\n"}


@pytest.mark.parametrize(
    ("dockerfile", "started"),
    [
        (f"FROM {READY}\nCOPY service /app\n", {"service/main.py"}),
        (f"FROM {READY}\nCOPY ./service /app/app\n", {"service/main.py"}),
        ("FROM rocker/shiny:4\nCOPY web/ /srv/shiny-server/\n", {"web/app.R"}),
        (f"FROM {NGINX}\nCOPY served /app\n", {CONFIGURED}),
        (f"FROM {NGINX}\nCOPY service /app\n", {"service/main.py"}),
        (f"FROM {READY}\nCOPY served /app\n", set()),
        (f"FROM {READY}\nCOPY service /code\n", set()),
        (f"FROM {READY}\nCOPY service /app\nCMD python -m pytest\n", set()),
        ("FROM python:3.11\nCOPY service /app\n", set()),
        (f"FROM {READY} AS first\nFROM python:3.11\nCOPY service /app\n", set()),
    ],
    ids=[
        "folder",
        "package",
        "shiny",
        "configured",
        "nginx",
        "not-by-uwsgi",
        "elsewhere",
        "starts-another",
        "plain-image",
        "of-another-stage",
    ],
)
def test_an_image_may_start_what_is_copied_to_its_place(
    dockerfile: str, started: set[str], graph: Callable[[dict[str, str]], Graph]
) -> None:
    edges = graph({**FILES, "Dockerfile": dockerfile}).edges.get(Node("Dockerfile", ""), ())
    assert {edge.target.path for edge in edges} == started


@pytest.mark.parametrize(("file", "started"), [("uwsgi.ini", {CONFIGURED}), ("other.ini", set())])
def test_a_server_may_be_told_the_file_that_configures_it(
    file: str, started: set[str], graph: Callable[[dict[str, str]], Graph]
) -> None:
    dockerfile = f"FROM python:3.11\nWORKDIR /app\nCOPY served .\nCMD uwsgi --ini {file}\n"
    edges = graph({**FILES, "Dockerfile": dockerfile}).edges.get(Node("Dockerfile", ""), ())
    assert {edge.target.path for edge in edges} == started
