from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


SCORE = """\
import joblib
from prefect import flow

def score(rows, reference):
    drift_share = share(rows, reference)
    if drift_share > 0.3:
        warn()
    return joblib.load("model.joblib").predict(rows)

@flow
def daily(rows, reference):
    score(rows, reference)
{more}
"""


FIT = "    from sklearn.svm import SVC\n    SVC().fit(rows, reference)\n"


@pytest.mark.parametrize(("more", "present"), [("", True), (FIT, False)])
def test_a_flow_that_predicts_and_compares_drift_watches_its_model(
    more: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("model-monitoring", {"score.py": SCORE.format(more=more)})
    assert (found.status == "present") is present
    ends = {proven.chain[-1].what.partition(":")[0] for proven in found.evidence if proven.strength == "strong"}
    assert ends == ({"monitors", "predicts"} if present else set())
    assert {proven.chain[0].line for proven in found.evidence if proven.chain} == ({10} if present else set())


BATCH = """\
import schedule
from pyspark.ml import PipelineModel


def score():
    {load}
    model.transform(rows).write.parquet("scored"){more}


schedule.every().hour.do(score)
"""


FITTED = "from pyspark.ml.classification import GBTClassifier\n"


@pytest.mark.parametrize(
    ("load", "more", "present"),
    [
        ('model = PipelineModel.load("churn")', "", True),
        ("model = pick()", "", False),
        ('model = PipelineModel.load("churn")', "\n    GBTClassifier().fit(rows)", False),
    ],
    ids=["batch", "loads-nothing", "training"],
)
def test_a_scheduled_job_that_scores_with_a_stored_model_is_a_packaged_way_to_run_it(
    load: str, more: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("low-friction-deployment", {"score.py": FITTED + BATCH.format(load=load, more=more)})
    assert (found.status == "present") is present


FITTING = "from sklearn.svm import SVC\n\nSVC().fit(rows, labels)\n"


IMAGE = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN {}\nCMD flask run\n"


@pytest.mark.parametrize(
    ("run", "present"),
    [
        ("python train.py", True),
        ("python -c 'print(1)' || python train.py", False),
        ("echo python train.py", False),
        ("pytest train.py", False),
    ],
    ids=["trained", "never-tried", "said", "tested"],
)
def test_a_model_that_building_an_image_trains_is_trained_in_that_image(
    run: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("reproducible-environment", {"train.py": FITTING, "Dockerfile": IMAGE.format(run)})
    assert (found.status == "present") is present


STAGES = """\
import sys

import boto3
from sklearn.svm import SVC


def fit(rows, labels):
    SVC().fit(rows, labels)


def ship():
    boto3.client("sagemaker").create_endpoint(EndpointName="churn", EndpointConfigName="churn")


def main(stage):
    if stage == "train":
        fit(rows, labels)
    elif stage == "deploy":
        ship(){more}


{call}
"""


ONCE = "main(sys.argv[1])"


BOTH = '\n    elif stage == "all":\n        fit(rows, labels)\n        ship()'


AFTER = "\n    ship()"


TARGET = "release:\n\tpython run.py {}\n"


@pytest.mark.parametrize(
    ("more", "call", "target", "present"),
    [
        ("", ONCE, TARGET.format("deploy"), False),
        (BOTH, ONCE, TARGET.format("all"), True),
        (AFTER, ONCE, TARGET.format("train"), True),
        ("", "main('train')\nmain('deploy')", TARGET.format(""), True),
        ("", "for each in ('train', 'deploy'):\n    main(each)", TARGET.format(""), True),
        ("", ONCE, TARGET.format("train\n\tpython run.py deploy"), True),
        ("", ONCE, TARGET.format("train && python run.py deploy"), True),
    ],
)
def test_a_run_takes_one_branch_of_a_choice(
    more: str, call: str, target: str, *, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    repository = {"run.py": STAGES.format(more=more, call=call), "Makefile": target}
    assert (answer("automated-deployment", repository).status == "present") is present


RUNNER = """\
from steps import train, ship

def run(stage):
    if stage == 'train':
        train()
    elif stage == 'deploy':
        ship()
"""


@pytest.mark.parametrize(
    ("main", "present"),
    [
        ("import sys\nfrom runner import run\n\nrun(sys.argv[1])\n", False),
        ("from runner import run\n\nfor stage in ('train', 'deploy'):\n    run(stage)\n", True),
    ],
)
def test_a_loop_of_another_file_takes_one_branch_after_the_other(
    main: str, *, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    steps = STAGES[: STAGES.index("def main")].replace("def fit(rows, labels)", "def train()")
    files = {"main.py": main, "runner.py": RUNNER, "steps.py": steps, "Makefile": "release:\n\tpython main.py deploy\n"}
    assert (answer("automated-deployment", files).status == "present") is present


SCORER = """\
import mlflow
from sklearn.metrics import accuracy_score

rows = spark.table("customers").toPandas()
predicted = mlflow.sklearn.load_model("models:/churn@champion").predict(rows)
"""


JOB = "resources:\n  jobs:\n    score:\n      tasks:\n        - spark_python_task:\n            python_file: score.py\n"


@pytest.mark.parametrize(
    ("files", "present"),
    [
        ({"databricks.yml": JOB, "score.py": SCORER}, True),
        ({"databricks.yml": JOB, "score.py": f"{SCORER}print(accuracy_score(labels, predicted))\n"}, False),
        ({"score.py": SCORER}, False),  # a person runs it
    ],
)
def test_a_pipeline_that_only_scores_with_a_stored_model_is_a_packaged_way_to_run_it(
    files: dict[str, str], present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("low-friction-deployment", files)
    assert (found.status == "present") is present


SPLIT = "from sklearn.model_selection import train_test_split\nfrom churn.steps import {name}\n\n{name}.fit(rows, y)\n"


STEPS = "from sklearn.pipeline import Pipeline\n\npipe = Pipeline([])\n\n\nclass Steps: ...\n"


@pytest.mark.parametrize(
    ("code", "present"),
    [
        (SPLIT.format(name="pipe"), True),
        (SPLIT.format(name="Steps"), False),
        (SPLIT.format(name="pipe").replace(".fit(", ".score("), False),
        ("from churn import steps\nfrom sklearn.model_selection import train_test_split\n\nsteps.fit(rows)\n", False),
        ("import joblib\n\njoblib.load('model.joblib').predict(rows)\n", False),
    ],
    ids=["object", "class", "scored", "function", "only-loaded"],
)
def test_a_model_that_another_module_makes_is_trained_in_the_pinned_environment(
    code: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"churn/__init__.py": "", "churn/steps.py": STEPS, "churn/run.py": code}
    found = answer("reproducible-environment", {**files, "requirements.txt": "scikit-learn==1.7.2\n"})
    assert (found.status == "present") is present
