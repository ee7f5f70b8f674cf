from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


API = """\
from fastapi import FastAPI
from sklearn.linear_model import Ridge

app = FastAPI()


def fit():
    Ridge().fit(X, y)


@app.post("/models/train")
def train_model():
    fit()


@app.post("/predict")
def predict(rows):
    fit()
    return load_model("model").predict(rows)
"""


DAG = """\
import httpx
import requests
from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.providers.http.operators.http import HttpOperator


def ask():
    {ask}


with DAG("weekly", schedule="@weekly"):
    PythonOperator(task_id="ask", python_callable=ask)
    {task}
"""


@pytest.mark.parametrize(
    ("ask", "task", "reaches"),
    [
        ('requests.post("http://api:8000/models/train")', "", True),
        ('requests.post(f"{host}/models/train?force=1")', "", True),
        ('httpx.Client(base_url=host).post("/models/train")', "", True),
        ('requests.post("http://api:8000/v1/models/train")', "", True),  # behind a prefix
        ("pass", 'HttpOperator(task_id="t", endpoint="models/train")', True),
        ('requests.post("http://api:8000/predict")', "", False),  # trains only where there is no model
        ('requests.post("http://api:8000/models/tune")', "", False),
        ('requests.get("http://data.example.org/models/train")', "", False),  # only reads
        ('print("http://api:8000/models/train")', "", False),
        ('requests.post("http://api:8000")', 'print("/models/train")', False),
    ],
)
def test_a_schedule_that_asks_a_service_to_train_trains(
    comes_to: Callable[[str, dict[str, str]], bool], ask: str, task: str, reaches: bool
) -> None:
    assert comes_to("trains", {"dags/weekly.py": DAG.format(ask=ask, task=task), "api/main.py": API}) is reaches


@pytest.mark.parametrize(
    ("command", "files", "reaches"),
    [
        ("curl -X POST https://churn.example.com/models/train", ["api/main.py"], True),
        ("curl -X POST https://churn.example.com/models/train", ["a/main.py", "b/main.py"], False),  # which of them?
        ("curl https://churn.example.com/docs/models/trained", ["api/main.py"], False),
        ("echo https://churn.example.com/models/train", ["api/main.py"], False),
    ],
)
def test_a_command_on_a_schedule_asks_the_one_service_that_has_the_route(
    comes_to: Callable[[str, dict[str, str]], bool], command: str, files: list[str], reaches: bool
) -> None:
    workflow = "on:\n  schedule:\n    - cron: '0 3 * * 1'\njobs:\n  ask:\n    steps:\n      - run: {}\n"
    texts = {".github/workflows/ask.yml": workflow.format(command), **dict.fromkeys(files, API)}
    assert comes_to("trains", texts) is reaches
