from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import scan
from mlops_scan.chains import Node

if TYPE_CHECKING:
    from pathlib import Path

CI = "on: push\njobs:\n  run:\n    runs-on: [self-hosted, gpu]\n    steps:\n"
BUILD = "      - run: docker build -t churn .\n"
RUN = "      - run: docker run -d --gpus all churn\n"
IMAGE = "FROM python:3.12\nCOPY . .\nCMD python main.py\n"
TRAIN = "from sklearn.linear_model import Ridge\n\nmodel = Ridge().fit(X, y)\n"
SERVE = "from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route('/')\ndef answer():\n    return {}\n"
LOAD = "import joblib\n\njoblib.load('m.joblib').predict(rows)\n"
HAND_ON = "import subprocess\n\nsubprocess.run(['kubectl', 'apply', '-f', 'k8s/'])\n"
OTHER = {"train.py": TRAIN}


@pytest.mark.parametrize(
    ("main", "present"),
    [(TRAIN, False), (TRAIN + SERVE, True), (LOAD, True), (TRAIN + HAND_ON, True), ("print()\n", True)],
    ids=["trains", "trains-and-serves", "scores", "trains-and-deploys", "unknown"],
)
def test_a_container_that_only_trains_is_no_deployment(tmp_path: Path, main: str, present: bool) -> None:
    files = {".github/workflows/run.yml": CI + BUILD + RUN, "Dockerfile": IMAGE, "main.py": main, **OTHER}
    assert deploys(tmp_path, files) is present


PROJECT = "entry_points:\n  main:\n    command: python run.py\n"
READ = "import pandas as pd\n\npd.read_csv('a.csv').dropna()\n"


@pytest.mark.parametrize(
    ("run", "present"),
    [(READ, False), (TRAIN, True), ("print()\n", True)],
    ids=["prepares", "trains", "unknown"],
)
def test_a_command_trains_unless_what_it_starts_does_something_else(tmp_path: Path, run: str, present: bool) -> None:
    write(tmp_path, {"go.sh": "mlflow run step\n", "step/MLproject": PROJECT, "step/run.py": run})
    graph = scan.examine(str(tmp_path)).graph
    reached = graph.reach([Node("go.sh", "")])
    assert ("trains" in {found.evidence.act for found in reached}) is present


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def deploys(root: Path, files: dict[str, str]) -> bool:
    write(root, files)
    answers = {answer.id: answer.status for answer in scan.assess(str(root)).capabilities}
    return answers["automated-deployment"] == "present"


def test_what_trains_on_the_line_of_a_deployment_is_another_command(tmp_path: Path) -> None:
    step = "      - run: python train.py && gcloud run deploy churn --source .\n"
    assert deploys(tmp_path, {".github/workflows/run.yml": CI + step, **OTHER})


FORWARD = "def step(model, x):\n    pred = model(torch.from_numpy(x))\n    {}\n"


@pytest.mark.parametrize(("then", "predicts"), [("pred.mean().backward()", False), ("return pred", True)])
def test_what_a_model_says_only_to_be_trained_on_is_no_prediction(tmp_path: Path, then: str, predicts: bool) -> None:
    write(tmp_path, {"train.py": "import torch\n\n\n" + FORWARD.format(then)})
    acts = scan.examine(str(tmp_path)).graph.acts.get(Node("train.py", "step"), ())
    assert ("predicts" in {act.act for act in acts}) is predicts
