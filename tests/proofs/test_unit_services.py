from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


SPARK = "services:\n  score:\n    image: apache/spark:3.5.5\n    command: {} --master local[2] /opt/jobs/score.py\n"


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


PAGES = {
    "Dockerfile": "FROM python:3.12\nCOPY . .\nCMD streamlit run {}\n",
    "Home.py": "import streamlit as st\n\nst.title('Churn')\n",
    "pages/Score.py": "import joblib\n\njoblib.load('model.joblib').predict(rows)\n",
}


@pytest.mark.parametrize(("started", "status"), [("Home.py", "present"), ("web/Home.py", "absent")])
def test_streamlit_shows_the_pages_beside_what_it_runs(
    started: str, status: str, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {**PAGES, "web/Home.py": PAGES["Home.py"], "Dockerfile": PAGES["Dockerfile"].format(started)}
    assert answer("low-friction-deployment", files).status == status


DJANGO = {
    "Dockerfile": "FROM python:3.12\nCOPY . .\nCMD gunicorn shop.wsgi:application\n",
    "shop/__init__.py": "",
    "shop/wsgi.py": "import os\nfrom django.core.wsgi import get_wsgi_application\n"
    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\napplication = get_wsgi_application()\n",
    "shop/urls.py": "from django.urls import include, path\nurlpatterns = [path('', include('churn.urls'))]\n",
    "churn/__init__.py": "",
    "churn/urls.py": "from django.urls import path\nfrom churn import views\nurlpatterns = [path('', views.{})]\n",
    "churn/views.py": "from django.http import HttpResponse\nfrom rest_framework.views import APIView\n"
    "from churn.model import ask\n\n\ndef home(request):\n    return HttpResponse()\n\n\n"
    "def score(request):\n    return HttpResponse(ask(request.GET))\n\n\n"
    "class Score(APIView):\n    def post(self, request):\n        return ask(request.data)\n",
    "churn/model.py": "import joblib\n\n\ndef ask(row):\n    return joblib.load('churn.joblib').predict([row])\n",
}


@pytest.mark.parametrize(("view", "present"), [("score", True), ("Score.as_view()", True), ("home", False)])
def test_an_application_of_django_answers_with_what_its_addresses_lead_to(
    view: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("low-friction-deployment", {path: text.replace("{}", view) for path, text in DJANGO.items()})
    assert (found.status == "present") is present


FITTING = "from sklearn.linear_model import Ridge\n\nRidge().fit(X, y)\n"


@pytest.mark.parametrize(
    ("service", "present"),
    [
        ("build: .\n    command: python fit.py", True),
        ("build: .\n    command: python look.py", False),
        ("image: python:3.12\n    command: python fit.py", False),  # what is in there, nothing here says
    ],
)
def test_a_service_that_trains_in_an_image_built_here_has_its_environment_from_there(
    service: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    texts = {"compose.yaml": f"services:\n  fit:\n    {service}\n", "Dockerfile": "FROM python:3.12\nCOPY . .\n"}
    found = answer("reproducible-environment", {**texts, "fit.py": FITTING, "look.py": "print(1)\n"})
    assert (found.status == "present") is present


@pytest.mark.parametrize("procfile", ["worker: python fit.py\n"])
def test_a_process_on_a_machine_has_no_environment_of_its_own(
    procfile: str, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    texts = {"Procfile": procfile, "Dockerfile": "FROM python:3.12\nCOPY . .\n", "fit.py": FITTING}
    assert answer("reproducible-environment", texts).status != "present"


SCORER = "import joblib\nfrom sklearn.metrics import accuracy_score\n\nmodel = joblib.load('model.joblib')\n"
COMPOSE = "services:\n  score:\n    build: .\n    command: python score.py\n"


@pytest.mark.parametrize(
    ("rest", "present"),
    [
        ("save(model.predict(rows))\n", True),
        ("print(accuracy_score(labels, model.predict(rows)))\n", False),  # measures it, and scores for nobody
    ],
)
def test_a_container_that_measures_a_stored_model_is_no_deployment(
    rest: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"score.py": SCORER + rest, "docker-compose.yml": COMPOSE, "Dockerfile": "FROM python\nCOPY . .\n"}
    assert (answer("low-friction-deployment", files).status == "present") is present
