from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains.graph import MAX_LINKS
from mlops_scan.chains.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

WORKFLOW = ".github/workflows/ci.yml"
REPOSITORY = {
    "churn/train.py": """\
import mlflow
from sklearn.linear_model import LogisticRegression
from churn.store import keep

def fit(again=True):
    model = LogisticRegression().fit([[1]], [1])
    keep(model)
    return run() if again else model

def run():
    return fit(False)

run()
""",
    "churn/store.py": """\
import mlflow

def keep(model):
    mlflow.sklearn.log_model(model, "model", registered_model_name="churn")
""",
    "churn/app.py": """\
from fastapi import FastAPI
from churn.train import run

app = FastAPI()

@app.post("/train")
def train():
    return run()
""",
    WORKFLOW: """\
on: push
jobs:
  train:
    runs-on: ubuntu-latest
    steps:
      - run: python missing.py
      - run: python -m churn.train
  again:
    runs-on: ubuntu-latest
    steps:
      - run: bash again.sh
""",
    "again.sh": "python -m churn.train\npython churn/store.py\nuvicorn churn.app:app\n",
}


@pytest.mark.parametrize("answers", [False, True])
@pytest.mark.parametrize("act", ["trains", "registers", "serves"])
def test_the_way_back_is_the_way_that_a_walk_takes_first(
    graph: Callable[[dict[str, str]], Graph], act: str, *, answers: bool
) -> None:
    built = graph(REPOSITORY)
    ways = nearest(built, lambda found: found.act == act, answers=answers)
    nodes = {*built.edges, *built.acts, *built.kinds}
    ends = {node: built.reach((node,), answers=answers) for node in nodes}
    walked = {node: next((end for end in found if end.evidence.act == act), None) for node, found in ends.items()}
    assert {node: ways.of(node) for node in nodes} == walked
    assert any(walked.values())
    assert {node for node in nodes if ways.leads(node)} == {node for node in nodes if walked[node]}


def test_a_way_back_is_as_long_as_a_walk_goes(graph: Callable[[dict[str, str]], Graph]) -> None:
    targets = "".join(f"t{number}: t{number + 1}\n" for number in range(MAX_LINKS * 2))
    built = graph(
        {"Makefile": f"{targets}t{MAX_LINKS * 2}:\n\tpython train.py\n", "train.py": REPOSITORY["churn/train.py"]}
    )
    ways = nearest(built, lambda found: found.act == "trains")
    reached = {node: any(end.evidence.act == "trains" for end in built.reach((node,))) for node in built.edges}
    assert {node: ways.leads(node) for node in built.edges} == reached
    assert {*reached.values()} == {True, False}
