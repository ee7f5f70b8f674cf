from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


API = """\
import joblib
import pandas as pd
from fastapi import FastAPI

from keep import keep

app = FastAPI()


@app.post("/predict")
def predict(row: dict):
    score = joblib.load("model.joblib").predict([row])
    {}
    return score


@app.post("/rows")
def rows(row: dict):
    {}
"""


KEEP = "import pandas as pd\n\n\ndef keep(row):\n    pd.DataFrame([row]).to_csv('rows.csv', mode='a')\n"


@pytest.mark.parametrize(
    ("predicting", "other", "present"),
    [("keep(row)", "pass", True), ("pass", "keep(row)", False), ("pass", "pass", False)],
)
def test_a_service_feeds_back_what_it_predicts_from(
    predicting: str, other: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("production-feedback", {"api.py": API.format(predicting, other), "keep.py": KEEP})
    assert (found.status == "present") is present
    assert not present or found.evidence[0].chain[-1].what == "stores: pandas.DataFrame.to_csv"


def test_a_target_that_keeps_records_and_then_starts_a_service_is_no_service(
    answer: Callable[[str, dict[str, str]], Answer],
) -> None:
    files = {
        "Makefile": "demo:\n\tpython backtest.py\n\tstreamlit run app.py\n",
        "backtest.py": KEEP + "\n\nkeep({})\n",
        "app.py": "import joblib\nimport streamlit as st\n\nst.write(joblib.load('model.joblib').predict([[1]]))\n",
    }
    assert answer("production-feedback", files).status != "present"


TRAINING = """\
from fastapi import FastAPI
from sklearn.svm import SVC

from keep import keep

app = FastAPI()


@app.post("/train")
def train():
    keep({})
    SVC().fit(x, y).predict(x)
"""


def test_a_training_that_is_asked_for_feeds_nothing_back(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    assert answer("production-feedback", {"api.py": TRAINING, "keep.py": KEEP}).status != "present"


SCORING = """\
import joblib
import pandas as pd
import uvicorn
from fastapi import FastAPI

rows = pd.read_csv("rows.csv")
rows["churn"] = joblib.load("model.joblib").predict(rows)
rows.to_csv("scored.csv")
app = FastAPI()

@app.get("/health")
def health():
    return "ok"

uvicorn.run(app)
"""


def test_what_a_file_does_as_it_is_loaded_answers_no_request(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    other = {"main.py": SCORING, "all.py": "import main\n"}
    assert answer("production-feedback", {"main.py": SCORING}).status == "absent"
    assert answer("production-feedback", other).status == "absent"


SERVING = """\
import litserve
from sklearn.linear_model import LinearRegression

class ChurnAPI(litserve.LitAPI):
    def predict(self, rows):
        return rows

    def retrain(self, rows, labels):
        LinearRegression().fit(rows, labels)

{then}
"""


WEEKLY = "on: {schedule: [{cron: '0 3 * * 1'}]}\njobs: {a: {runs-on: b, steps: [{run: python server.py}]}}\n"


@pytest.mark.parametrize(
    ("then", "present"),
    [("litserve.LitServer(ChurnAPI()).run()", False), ("ChurnAPI().retrain(rows, labels)", True)],
)
def test_to_make_a_serving_object_calls_none_of_its_methods(
    then: str, *, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"server.py": SERVING.format(then=then), ".github/workflows/weekly.yml": WEEKLY}
    assert (answer("automated-retraining", files).status == "present") is present


MANAGED = """\
import joblib
from fastapi import FastAPI

from keep import keep

app = FastAPI()


@app.post("/predict")
def predict(row: dict):
    return joblib.load("model.joblib"){applied}


@app.post("/versions")
def change(name: str):
    joblib.load(name)
    keep({{}})
"""


@pytest.mark.parametrize(("applied", "present"), [(".predict([row])", False), ("(row)", True)])
def test_what_only_loads_applies_no_model_where_another_answer_of_the_file_does(
    applied: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("production-feedback", {"api.py": MANAGED.format(applied=applied), "keep.py": KEEP})
    assert (found.status == "present") is present


TOLD = """\
{first}
from fastapi import FastAPI

from keep import keep

app = FastAPI()


@app.post("/told")
def {name}(row: dict):
    {then}
"""


LOADED = "import joblib\n\nmodel = joblib.load('model.joblib')\n"


@pytest.mark.parametrize(
    ("first", "name", "then", "present"),
    [
        (LOADED, "submit_feedback", "keep(row)", True),
        (LOADED, "submit_feedback", "print(row)", False),
        (LOADED, "submit_order", "keep(row)", False),
        ("", "submit_feedback", "keep(row)", False),
    ],
)
def test_what_people_say_of_predictions_is_fed_back_where_it_is_kept(
    first: str, name: str, then: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"api.py": TOLD.format(first=first, name=name, then=then), "keep.py": KEEP}
    assert (answer("production-feedback", files).status == "present") is present


MEASURING = """\
import joblib
from fastapi import FastAPI
from sklearn.metrics import accuracy_score

from keep import keep

app = FastAPI()


@app.post("/measure")
def measure(rows: list):
    keep({{"accuracy": {measured}}})


def measured(rows):
    return accuracy_score(rows, joblib.load("model.joblib").predict(rows))
"""


@pytest.mark.parametrize(("measured", "present"), [("measured(rows)", False), ("joblib.load('a').predict(rows)", True)])
def test_what_measures_a_model_on_request_keeps_what_it_measured(
    measured: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("production-feedback", {"api.py": MEASURING.format(measured=measured), "keep.py": KEEP})
    assert (found.status == "present") is present
