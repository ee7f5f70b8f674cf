from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

FIELDS = "class Step:\n    path: str\n"
RUNNER = FIELDS + "    def run(self):\n        pass\n"


@pytest.mark.parametrize(
    ("code", "runs"),
    [
        (FIELDS + "Step(path='train.py')\n", False),
        (RUNNER + "Step(path='train.py')\n", True),
        ("def step(path):\n    pass\nstep(path='train.py')\n", True),
        ("from jobs import Step\nStep(path='train.py')\n", True),  # of a library that may run it
    ],
)
def test_fields_that_are_filled_in_run_no_file(graph: Callable[[dict[str, str]], Graph], code: str, runs: bool) -> None:
    built = graph({"main.py": code, "train.py": "print('x')\n"})
    targets = {edge.target for edges in built.edges.values() for edge in edges}
    assert (Node("train.py", "") in targets) is runs


@pytest.mark.parametrize(
    ("code", "runs"),
    [
        ('import uvicorn\n\ndef main():\n    uvicorn.run("churn.app:app", port=80)\n', True),
        ('import uvicorn\n\ndef main():\n    uvicorn.run("churn.web:app", port=80)\n', False),  # is not here
        ('import uvicorn\n\ndef main():\n    uvicorn.run("churn.app:8 workers")\n', False),
        ('import uvicorn\n\ndef main():\n    uvicorn.run("redis:app")\n', False),  # a module that is installed
        ('import wandb\n\nwandb.init().use_artifact("churn.app:latest")\n', False),  # the version of something stored
    ],
)
def test_a_server_that_is_started_from_code_runs_the_module_that_it_is_given(
    graph: Callable[[dict[str, str]], Graph], code: str, runs: bool
) -> None:
    built = graph({"serve.py": code, "churn/__init__.py": "", "churn/app.py": "app = make()\n"})
    assert (Node("churn/app.py", "") in {edge.target for edge in built.edges.get(Node("serve.py", "main"), ())}) is runs


@pytest.mark.parametrize(("page", "runs"), [("jobs/train.py", True), ("pages/train.py", False)])
def test_a_link_to_a_page_of_an_application_runs_no_file(
    graph: Callable[[dict[str, str]], Graph], page: str, runs: bool
) -> None:
    built = graph({"app.py": f"from cards import card\ncard('Models', '{page}')\n", page: "print('x')\n"})
    assert (Node(page, "") in {edge.target for edges in built.edges.values() for edge in edges}) is runs
