from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


PREPARE = "import pandas as pd\n\n\ndef clean():\n    pd.read_csv('a.csv').to_csv('b.csv')\n"


TRAIN = "from xgboost import XGBClassifier\n\n\ndef fit():\n    XGBClassifier().fit(X, y)\n"


MAIN = "\n\nif __name__ == '__main__':\n    {}()\n"


PROGRAMS = {"prepare.py": PREPARE + MAIN.format("clean"), "train.py": TRAIN + MAIN.format("fit")}


def test_of_several_pipelines_those_that_lead_to_training_tell(
    answer: Callable[[str, dict[str, str]], Answer],
) -> None:
    dag = "from airflow import DAG\nfrom airflow.operators.bash import BashOperator\n\n"
    dag += "with DAG('x', schedule='@daily'):\n    BashOperator(task_id='run', bash_command='python {}')\n"
    train = {"train.py": "from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"}
    both = {"dags/a_load.py": dag.format("load.py"), "dags/b_train.py": dag.format("train.py")}
    found = answer("training-pipeline", {**train, **both}).evidence
    assert {proven.path for proven in found} == {"dags/b_train.py"}
    for program, status in (("load", "absent"), ("retrain", "present")):
        alone = answer("training-pipeline", {**train, "dags/a_load.py": dag.format(f"/opt/{program}.py")})
        assert alone.status == status


FLOW = """\
import joblib
from prefect import flow, task


@task
def work(rows):
    {}


@flow
def main(rows):
    work(rows)
"""


@pytest.mark.parametrize(
    ("done", "status"),
    [
        ("joblib.load('model.joblib').predict(rows)", "absent"),
        ("rows['score'] = ACTIVE.predict_proba(rows)", "absent"),  # loaded when the service began
        ("if volume < baseline_mean: stop()\n    ACTIVE.predict_proba(rows)", "absent"),  # validates what it is given
        ("model = SVC().fit(rows, LABELS); model.predict(rows)", "present"),
        ("SVC().fit(rows, rows.pop('label')); joblib.load('old.joblib')", "present"),
        ("send(rows, to='retraining')", "present"),  # what runs elsewhere, and says that it trains
        ("send(rows, to='warehouse')", "absent"),
        ("send(rows, to='active-learning'); monitor_model(rows)", "absent"),
        ("joblib.load('model.joblib'); mlflow.register_model('runs:/1/model', 'churn')", "present"),
    ],
)
def test_a_flow_that_applies_a_stored_model_is_not_what_trains_it(
    done: str, status: str, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    elsewhere = "from sklearn.svm import SVC\nSVC().fit(x, y)\n"
    repository = {
        "flow.py": f"import mlflow\nfrom sklearn.svm import SVC\n{FLOW.format(done)}",
        "explore.py": elsewhere,
    }
    assert answer("training-pipeline", repository).status == status


@pytest.mark.parametrize(
    ("stage", "present"),
    [
        ("python prepare.py", False),
        ("python missing/train.py", True),
        ("python missing.py --constrained", False),
        ("run ModelTraining", True),
    ],
)
def test_a_pipeline_that_only_prepares_does_not_train(
    stage: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    stages = f"stages:\n  a:\n    cmd: {stage}\n  b:\n    cmd: {stage} --b\n"
    found = answer("training-pipeline", {**PROGRAMS, "dvc.yaml": stages})
    assert (found.status == "present") is present
