"""What is registered with an application beside its routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

IMPORTS = "import joblib\nfrom fastapi import FastAPI\nfrom flask import Flask\nfrom typer import Typer\n"
LOADS = "def start():\n    joblib.load('churn.joblib')\n"


@pytest.mark.parametrize(
    ("made", "decorator", "loads"),
    [
        ("app = FastAPI()", "@app.on_event('startup')", True),
        ("app = Flask(__name__)", "@app.before_request", True),
        ("app = Flask(__name__)", "@app.cli.command('load')", False),  # a person runs it
        ("app = Typer()", "@app.callback()", False),  # no application that answers
        ("app = FastAPI()", "@other.on_event('startup')", False),
        ("app = FastAPI()", "", False),
    ],
)
def test_an_application_runs_what_is_registered_with_it(
    made: str, decorator: str, loads: bool, graph: Callable[[dict[str, str]], Graph]
) -> None:
    image = "FROM python:3.12\nCMD uvicorn app:app\n"
    built = graph({"app.py": f"{IMPORTS}{made}\n\n{decorator}\n{LOADS}", "Dockerfile": image})
    acts = {found.evidence.act for found in built.reach((Node("Dockerfile", ""),), answers=True)}
    assert ("loads" in acts) is loads


def test_the_hooks_of_an_application_run_only_where_it_answers(graph: Callable[[dict[str, str]], Graph]) -> None:
    built = graph({"app.py": f"{IMPORTS}app = FastAPI()\n\n@app.on_event('startup')\n{LOADS}"})
    assert "loads" not in {found.evidence.act for found in built.reach((Node("app.py", ""),))}
