from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

CYCLE = """\
from typing import NamedTuple

class Outcome(NamedTuple):
    should_retrain: bool

def run_cycle(config):
    reasons = []
    result = compute(load(config))
    if result.{flag}:
        reasons.append("moved")
    should_retrain = {asked}
    return Outcome(should_retrain=should_retrain)
"""
WATCH = """\
from airflow.decorators import dag, task
from airflow.operators.trigger_dagrun import TriggerDagRunOperator
from churn.cycle import run_cycle

@dag(schedule="@hourly")
def watch():
    @task
    def evaluate():
        return {{"should_retrain": run_cycle({{}}).should_retrain}}

    @task.branch
    def decide(result):
        {choice}

    again = TriggerDagRunOperator(task_id="again", trigger_dag_id="train")
    {joined}

watch()
"""
TRAIN = """\
from airflow import DAG
from airflow.operators.python import PythonOperator
from sklearn.linear_model import Ridge

def fit():
    Ridge().fit(X, y)

with DAG("train") as dag:
    PythonOperator(task_id="fit", python_callable=fit)
"""
CHOICE = 'return "again" if result["should_retrain"] else "stop"'
BRANCH = 'if result["should_retrain"]:\n            return "again"\n        return "stop"'
JOINED = "decide(evaluate()) >> again"


@pytest.mark.parametrize(
    ("flag", "asked", "choice", "joined", "present"),
    [
        ("dataset_drift", "bool(reasons)", CHOICE, JOINED, True),
        ("dataset_drift", "len(reasons) > 0", CHOICE, JOINED, True),
        ("dataset_drift", "bool(reasons)", BRANCH, JOINED, True),
        ("is_due", "bool(reasons)", CHOICE, JOINED, False),  # asks for something else than drift
        ("dataset_drift", "bool(config)", CHOICE, JOINED, False),
        ("dataset_drift", "bool(reasons)", 'return "again"', JOINED, False),  # whatever came out
        ("dataset_drift", "bool(reasons)", CHOICE, "evaluate() >> again", False),  # nobody asks the task that decides
    ],
)
def test_a_task_names_the_next_one_by_reasons_that_another_module_gathered(
    flag: str, asked: str, choice: str, joined: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    texts = {
        "churn/__init__.py": "",
        "churn/cycle.py": CYCLE.format(flag=flag, asked=asked),
        "dags/watch.py": WATCH.format(choice=choice, joined=joined),
        "dags/train.py": TRAIN,
    }
    assert (answer("feedback-triggered-retraining", texts).status == "present") is present
