from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


KEEP = "import pandas as pd\n\n\ndef keep(row):\n    pd.DataFrame([row]).to_csv('rows.csv', mode='a')\n"


STARTING = """\
from contextlib import asynccontextmanager

import joblib
from fastapi import FastAPI

from keep import keep


@asynccontextmanager
async def lifespan(app):
    keep({})
    joblib.load("model.joblib")
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/health")
def health():
    return "ok"
"""


def test_what_a_container_keeps_as_it_starts_answers_no_request(
    answer: Callable[[str, dict[str, str]], Answer],
) -> None:
    compose = "services: {api: {build: ., command: uvicorn api:app}}\n"
    files = {"api.py": STARTING, "keep.py": KEEP, "docker-compose.yml": compose}
    assert answer("production-feedback", {**files, "Dockerfile": "FROM python\nCOPY . .\n"}).status != "present"


PAGE = """\
import gradio as gr
import joblib

from keep import keep

model = joblib.load("model.joblib")


def answer(row):
    {}
    return model.predict([row])


def clear():
    {}


with gr.Blocks() as page:
    box = gr.Textbox()
    gr.Button("Score").click(answer, box, box)
"""


@pytest.mark.parametrize(("predicting", "other", "present"), [("keep(row)", "pass", True), ("pass", "keep({})", False)])
def test_a_page_answers_with_the_function_that_it_is_handed(
    predicting: str, other: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("production-feedback", {"app.py": PAGE.format(predicting, other), "keep.py": KEEP})
    assert (found.status == "present") is present


VIEWS = """\
import joblib

from keep import keep


def score(request):
    joblib.load("model.joblib").predict([request.POST])
    keep({})


def index(request):
    pass
"""


@pytest.mark.parametrize(("view", "present"), [("score", True), ("index", False)])
def test_a_view_of_django_answers_where_an_address_leads_to_it(
    view: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    urls = f"from django.urls import path\n\nimport views\n\nurlpatterns = [path('', views.{view})]\n"
    found = answer("production-feedback", {"urls.py": urls, "views.py": VIEWS, "keep.py": KEEP})
    assert (found.status == "present") is present


ASKING = """\
import joblib
import pandas as pd
import streamlit as st

model = joblib.load("model.joblib")
age = st.{widget}("Age")
result = model.predict([[age]])
pd.DataFrame([{{"age": age, "result": result}}]).to_csv("asked.csv", mode="a")
"""


@pytest.mark.parametrize(("widget", "present"), [("number_input", True), ("metric", False)])
def test_a_page_that_asks_somebody_answers(
    widget: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("production-feedback", {"app.py": ASKING.format(widget=widget)})
    assert (found.status == "present") is present


FACTORY = """\
import joblib
from flask import Flask, jsonify, request

from keep import keep


def create_app():
    app = Flask(__name__)
    model = joblib.load("model.joblib")
    {}

    @app.route("/predict", methods=["POST"])
    def predict():
        row = request.get_json()
        {}
        return jsonify(model.predict([row]).tolist())

    return app


create_app().run()
"""


@pytest.mark.parametrize(
    ("starting", "predicting", "present"),
    [("pass", "keep(row)", True), ("keep({'score': model.predict([[0]])})", "pass", False)],
)
def test_what_makes_an_application_with_its_addresses_answers_no_request(
    starting: str, predicting: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"api.py": FACTORY.format(starting, predicting), "keep.py": KEEP}
    assert (answer("production-feedback", files).status == "present") is present


CLASS = """\
import joblib
from fastapi import FastAPI
from ray import serve

from keep import keep

app = FastAPI()


@serve.deployment
@serve.ingress(app)
class Scorer:
    def __init__(self):
        self.model = joblib.load("model.joblib")

    @app.post("/predict")
    def predict(self, row: dict):
        keep(row)
        return self.score(row)

    def score(self, row):
        return self.model.predict([row])
"""


def test_a_class_with_addresses_answers(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    assert answer("production-feedback", {"api.py": CLASS, "keep.py": KEEP}).status == "present"
