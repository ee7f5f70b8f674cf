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
SPARK = "services:\n  score:\n    image: apache/spark:3.5.5\n    command: {} --master local[2] /opt/jobs/score.py\n"
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


@pytest.mark.parametrize(
    ("command", "present"), [("/opt/spark/bin/spark-submit", True), ("ls", False)], ids=["submit", "look"]
)
def test_a_service_may_submit_the_spark_job_that_scores(
    command: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    job = 'from pyspark.ml import PipelineModel\n\nPipelineModel.load("churn").transform(rows)\n'
    found = answer("low-friction-deployment", {"jobs/score.py": job, "compose.yaml": SPARK.format(command)})
    assert (found.status == "present") is present


ROUTER = """\
import joblib
from fastapi import APIRouter

router = APIRouter()
model = None

@router.post("/predict")
def predict(rows):
    return joblib.load("model.joblib").predict(rows)
"""
BLUEPRINT = ROUTER.replace("from fastapi import APIRouter", "from flask import Blueprint as APIRouter")


FASTAPI = "from fastapi import FastAPI\nfrom app import api\n\napp = FastAPI()\n"
FLASK = "from flask import Flask\nfrom app import api\n\napp = Flask()\n"


@pytest.mark.parametrize(
    ("router", "main", "present"),
    [
        (ROUTER, f"{FASTAPI}app.include_router(api.router)\n", True),
        (ROUTER, f"{FASTAPI}from app.api import router as r\napp.include_router(r)\n", True),
        (BLUEPRINT, f"{FLASK}app.register_blueprint(api.router)\n", True),
        (ROUTER, FASTAPI, False),
        (ROUTER.replace("@router.post", "# "), f"{FASTAPI}app.include_router(api.router)\n", False),
    ],
)
def test_a_service_answers_with_the_routers_that_it_takes_in(
    router: str, main: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    image = "FROM python\nCOPY app app\nCMD uvicorn app.main:app\n"
    files = {"Dockerfile": image, "app/main.py": main, "app/api.py": router, "app/__init__.py": ""}
    found = answer("low-friction-deployment", files)
    assert (found.status == "present") is present


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


STEPS = """\
from sklearn.svm import SVC
from zenml.steps import step

@step
def ingest():
    return read()

@step
def train(rows):
    return SVC().fit(rows, rows)
"""
PUT_TOGETHER = """\
from zenml.integrations.mlflow.steps import mlflow_model_deployer_step
from pipeline import deliver
from steps import ingest, train

def main():
    delivery = deliver(ingest(), {trainer}, deployer=mlflow_model_deployer_step(workers=3))
    {then}
"""


@pytest.mark.parametrize(
    ("trainer", "then", "present"),
    [
        ("train()", "delivery.run()", True),
        ("train()", "print(delivery)", False),  # put together, and not run
        ("pretrained()", "delivery.run()", False),
    ],
)
def test_a_pipeline_that_is_put_together_of_steps_goes_from_training_to_deployment(
    trainer: str, then: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    deliver = "from zenml.pipelines import pipeline\n\n@pipeline\ndef deliver(ingest, trainer, deployer):\n"
    deliver += "    deployer(trainer(ingest()))\n"
    files = {"steps.py": STEPS, "pipeline.py": deliver, "run.py": PUT_TOGETHER.format(trainer=trainer, then=then)}
    found = answer("automated-deployment", files)
    assert (found.status == "present") is present
