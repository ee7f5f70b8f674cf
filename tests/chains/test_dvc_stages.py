"""Stages of DVC that have a file each, and which of them a command runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

STAGES = {
    "ml/Dvcfile": "cmd: python train.py\ndeps:\n- path: clean.csv\n",
    "ml/prepare.dvc": "wdir: ..\ncmd: python ml/prepare.py\nouts:\n- path: ml/clean.csv\n",
    "ml/rows.csv.dvc": "outs:\n- md5: a\n  path: rows.csv\n",
    "ml/train.py": "print(1)\n",
    "ml/prepare.py": "print(2)\n",
}


@pytest.mark.parametrize(
    ("run", "file"),
    [("dvc repro prepare.dvc", "ml/prepare.dvc"), ("dvc repro", "ml/Dvcfile"), ("dvc add rows.csv", "")],
)
def test_a_command_runs_the_stage_that_it_names(run: str, file: str, graph: Callable[[dict[str, str]], Graph]) -> None:
    made = graph({**STAGES, "ml/run.sh": f"{run}\n"})
    assert [edge.target.path for edge in made.edges.get(Node("ml/run.sh", ""), ())] == ([file] if file else [])


def test_a_stage_runs_first_what_makes_the_files_that_it_needs(graph: Callable[[dict[str, str]], Graph]) -> None:
    edges = graph(STAGES).edges
    assert {edge.target.path for edge in edges[Node("ml/Dvcfile", "")]} == {"ml/train.py", "ml/prepare.dvc"}
    assert Node("ml/rows.csv.dvc", "") not in edges
