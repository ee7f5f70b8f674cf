from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

GITLAB = """\
train:
  script: [python train.py]
  rules: [{{if: $CI_PIPELINE_SOURCE == "{first}"}}]
deploy:
  needs: [train]
  script: [kubectl rollout restart deployment/churn]
  rules: [{{if: $CI_PIPELINE_SOURCE == "{second}"}}]
"""
TRAIN = """\
import mlflow
from sklearn.svm import SVC

SVC().fit(x, y)
mlflow.register_model("runs:/1/model", "churn")
"""
DAGS = """\
from airflow.decorators import dag, task
from sklearn.svm import SVC
import mlflow, subprocess

@task
def train():
    SVC().fit(x, y)
    mlflow.register_model("runs:/1/model", "churn")

@task
def ship():
    subprocess.run(["kubectl", "apply", "-f", "k8s/"])

@dag(schedule="@daily")
def one():
    train()

@dag(schedule="@daily")
def two():
    ship()

one()
two()
"""


@pytest.mark.parametrize(
    ("files", "present"),
    [
        ({".gitlab-ci.yml": GITLAB.format(first="schedule", second="schedule"), "train.py": TRAIN}, True),
        ({".gitlab-ci.yml": GITLAB.format(first="schedule", second="push"), "train.py": TRAIN}, False),
        ({"dags/both.py": DAGS}, False),  # two flows of a file are two runs
    ],
)
def test_jobs_that_one_event_starts_are_one_run(
    files: dict[str, str], present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    assert (answer("continuous-model-delivery", files).status == "present") is present


@pytest.mark.parametrize(
    ("script", "present"),
    [("next build", True), ("docusaurus build", False), ("echo nothing to build", False), ("next dev", False)],
    ids=["application", "documentation", "placeholder", "development"],
)
def test_a_push_that_builds_the_application_is_continuous_integration(
    script: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    workflow = "on: push\njobs:\n  build:\n    steps:\n      - run: npm ci\n      - run: npm run build\n"
    files = {"package.json": f'{{"scripts": {{"build": "{script}"}}}}', ".github/workflows/deploy.yml": workflow}
    assert (answer("continuous-integration", files).status == "present") is present


@pytest.mark.parametrize(("run", "present"), [("kubectl wait pod -l app=churn", True), ("helm template chart", False)])
def test_a_throwaway_cluster_tests_where_something_asks_whether_it_works(
    run: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    steps = f"    steps:\n      - run: kind create cluster\n      - run: {run}\n"
    job = f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n{steps}"
    found = answer("continuous-integration", {".github/workflows/a.yml": job})
    assert (found.status == "present") is present


CIRCLE = """\
version: 2.1
jobs:
  train:
    docker: [{{image: python}}]
    steps: [checkout, {{run: python train.py}}]
workflows:
  first:
    jobs:
      - train: {{filters: {{branches: {{only: [{first}]}}}}}}
  second:
    jobs:
      - heroku/deploy-via-git: {second}
"""


@pytest.mark.parametrize(
    ("first", "second", "present"),
    [
        ("main", "{filters: {branches: {only: main}}}", True),
        ("main", "{app-name: churn}", True),  # whatever the branch
        ("experiments", "{filters: {branches: {only: [main]}}}", False),
    ],
)
def test_pushes_to_two_branches_are_two_runs(
    first: str, second: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {".circleci/config.yml": CIRCLE.format(first=first, second=second), "train.py": TRAIN}
    assert (answer("continuous-model-delivery", files).status == "present") is present


SCORE = "import joblib\nmodel = joblib.load('model.joblib')\nprint(model.predict(rows))\n"


@pytest.mark.parametrize(
    ("on", "code", "packaged"),
    [
        ("{schedule: [{cron: '0 3 * * *'}]}", SCORE, True),
        # somebody's change tries the model out
        ("push", SCORE, False),
        ("workflow_dispatch", SCORE, False),
        # what follows training or is measured scores nothing for anybody
        ("{schedule: [{cron: '0 3 * * *'}]}", f"from sklearn.svm import SVC\nSVC().fit(x, y)\n{SCORE}", False),
        (
            "{schedule: [{cron: '0 3 * * *'}]}",
            f"from sklearn.metrics import roc_auc_score\n{SCORE}roc_auc_score(y, z)\n",
            False,
        ),
    ],
)
def test_what_predicts_on_a_schedule_is_a_scorer(
    on: str, code: str, packaged: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    workflow = f"on: {on}\njobs:\n  score:\n    runs-on: ubuntu-latest\n    steps:\n      - run: python score.py\n"
    found = answer("low-friction-deployment", {".github/workflows/score.yml": workflow, "score.py": code})
    assert (found.status == "present") is packaged
