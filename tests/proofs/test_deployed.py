from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

APP = """\
import joblib
from flask import Flask

app = Flask(__name__)
model = joblib.load("model.joblib")


@app.post("/predict")
def predict():
    return str(model.predict([[1]]))
"""
PAGE = 'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get("/")\ndef page():\n    return "churn"\n'
LIBRARY = 'import subprocess\n\n\ndef deploy(name):\n    subprocess.run(["eb", "deploy", name])\n'
SCORE = 'import joblib\n\nprint(joblib.load("model.joblib").predict([[1]]))\n'


@pytest.mark.parametrize(
    ("files", "present"),
    [
        ({"application.py": APP, "deploy.sh": "eb deploy churn\n"}, True),
        ({"application.py": APP, "deploy.sh": "eb status\n"}, False),
        ({"application.py": APP, "deploying.py": LIBRARY}, False),
        ({"application.py": APP, "deploying.py": LIBRARY + '\n\ndeploy("churn")\n'}, True),
        ({"application.py": PAGE, "score.py": SCORE, "deploy.sh": "eb deploy churn\n"}, False),
    ],
    ids=["deployed", "looked at", "a function of others", "called", "a page without the model"],
)
def test_what_a_platform_deploys_is_packaged(
    files: dict[str, str], present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    assert (answer("low-friction-deployment", files).status == "present") is present


LOOP = """\
import time

import joblib

model = joblib.load("model.joblib")


def score():
    print(model.predict([[1]]))


while True:
    score()
    time.sleep(3600)
"""


def test_a_loop_in_a_program_is_no_packaged_way(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    assert answer("low-friction-deployment", {"score.py": LOOP}).status != "present"
