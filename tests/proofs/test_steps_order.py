"""What runs before and behind a training among the steps of a pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

TRAIN = """\
from xgboost import XGBClassifier


def fit():
    XGBClassifier().fit(X, y)


if __name__ == '__main__':
    fit()
"""
MEASURE = """\
import joblib
from sklearn.metrics import f1_score


def measure():
    f1_score(y, joblib.load('m').predict(x))


if __name__ == '__main__':
    measure()
"""
NEEDED = """\
on: push
jobs:
  measure: {runs-on: ubuntu-latest, needs: fit, steps: [{run: python measure.py}]}
  fit: {runs-on: ubuntu-latest, steps: [{run: python train.py}]}
"""


def test_what_a_job_waits_for_comes_first_wherever_it_is_declared(
    answer: Callable[[str, dict[str, str]], Answer],
) -> None:
    files = {"train.py": TRAIN, "measure.py": MEASURE, ".github/workflows/ci.yml": NEEDED}
    assert answer("training-pipeline", files).status == "present"


FLOW = """\
from prefect import flow, task
from measure import measure
from train import fit


@task
def look():
    measure()


@task
def learn():
    fit()


@flow
def weekly():
    {}
    {}
"""
STAGES = """\
pipeline {{
  stages {{
    stage('A') {{ steps {{ sh 'python {}.py' }} }}
    stage('B') {{ steps {{ sh 'python {}.py' }} }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Jenkinsfile", STAGES.format("measure", "train")),
        ("flow.py", FLOW.format("look()", "learn()")),
    ],
)
def test_what_measures_before_a_training_that_follows_is_none_of_its_steps(
    path: str, text: str, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"train.py": TRAIN, "measure.py": MEASURE, path: text}
    assert "evaluates" not in str(answer("training-pipeline", files))
