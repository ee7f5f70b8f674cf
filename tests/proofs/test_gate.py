from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


REGISTER = """\
import sys
import mlflow

def main(run, auc, limit):
    {gate}
    mlflow.register_model(f"runs:/{{run}}/model", "churn")
"""


@pytest.mark.parametrize(
    ("gate", "present"),
    [
        ("if auc < limit:\n        sys.exit(0)", True),
        ("if auc < limit:\n        print(auc)\n    else:\n        good = True\n    if not good:\n        return", True),
        ("if auc < limit:\n        if run:\n            sys.exit(1)\n        print('low')", False),  # some runs end
        ("if auc < limit:\n        print('low')\n        if run:\n            sys.exit(1)", True),
        ("if auc < limit:\n        print('low')", False),  # says so, and registers all the same
        ("low = []\n    if auc < limit:\n        low.append(auc)\n    if low:\n        raise ValueError(low)", True),
        ("low = []\n    if auc < limit:\n        low.append(auc)\n    print(low)", False),
        ("low = []\n    if run:\n        low.append(auc)\n    if low:\n        raise ValueError(low)", False),
        ("if auc < limit:\n        print(auc)\n    else:\n        good = True\n    if not run:\n        return", False),
    ],
)
def test_a_model_that_is_not_good_enough_is_not_registered(
    gate: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("model-validation", {"promote.py": REGISTER.format(gate=gate)})
    assert (found.status == "present") is present


SEARCH = """\
import mlflow

def main(limit):
    {rest}
"""


FOUND = 'run = mlflow.search_runs(["1"], filter_string={})[0]'


@pytest.mark.parametrize(
    ("wanted", "rest", "present"),
    [
        ('"metrics.auc > 0.8"', "mlflow.register_model(run.uri, 'churn')", True),
        ("f'metrics.auc > {limit}'", "if run.name == 'last':\n        mlflow.register_model(run.uri, 'churn')", True),
        ('"params.depth > 3"', "mlflow.register_model(run.uri, 'churn')", False),
        ('"metrics.auc > 0.8"', "print(run.uri)", False),
    ],
)
def test_a_search_for_good_models_decides_what_is_done_with_them(
    wanted: str, rest: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    code = SEARCH.format(rest=f"{FOUND.format(wanted)}\n    {rest}")
    found = answer("model-validation", {"promote.py": code})
    assert (found.status == "present") is present


@pytest.mark.parametrize(
    ("rest", "present"),
    [
        ("{run}\n    Ridge().fit(X, y)\n    {register}", False),  # a new model, which no search found
        ("{run}\n    retrain()\n    {register}", False),
        ("Ridge().fit(X, y)\n    {run}\n    {register}", True),
        ("{run}\n    {register}\n    retrain()", True),
    ],
)
def test_a_search_decides_nothing_about_what_is_trained_after_it(
    rest: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    register, run = "mlflow.register_model(run.uri, 'churn')", FOUND.format("'metrics.auc < 0.5'")
    code = SEARCH.format(rest=rest.format(register=register, run=run))
    imports = "from sklearn.linear_model import Ridge\nfrom train import retrain\n"
    train = "from sklearn.linear_model import Ridge\n\ndef retrain():\n    Ridge().fit(X, y)\n"
    found = answer("model-validation", {"promote.py": imports + code, "train.py": train})
    assert (found.status == "present") is present


def test_a_search_behind_a_registration_decides_nothing(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    rest = f"mlflow.register_model('runs:/1', 'churn')\n    {FOUND.format(repr('metrics.auc > 0.8'))}"
    found = answer("model-validation", {"promote.py": SEARCH.format(rest=rest)})
    assert found.status != "present"


R2 = "r2_score(y, model.predict(X))"


PIPELINE = """\
import kfp
from kfp import dsl
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score
import mlflow

@dsl.component
def train():
    Ridge().fit(X, y)

@dsl.component
def rate(model: str) -> str:
    value = {rated}
    return "good" if value >= 3 else "bad"

@dsl.component
def register():
    mlflow.register_model("runs:/1", "churn")

serve = kfp.components.load_component_from_url("https://example.com/serve.yaml")

@dsl.pipeline(name="churn")
def churn(go: bool):
    train()
    rated = rate(model="m")
    with dsl.Condition({asked}):
        {then}()
"""


@pytest.mark.parametrize(
    ("rated", "asked", "then", "present"),
    [
        (R2, "rated.output == 'good'", "register", True),
        (R2, "rated.output == 'good'", "serve", True),  # a component whose code is elsewhere
        (R2, "rated.output == 'good'", "train", False),  # starts what is known to be something else
        ("len(open(model).readlines())", "rated.output == 'good'", "register", False),  # how much data there is
        (R2, "go == True", "register", False),  # a person decides
    ],
)
def test_a_pipeline_goes_on_by_what_a_step_measured(
    rated: str, asked: str, then: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("model-validation", {"pipeline.py": PIPELINE.format(rated=rated, asked=asked, then=then)})
    assert (found.status == "present") is present


def test_what_is_unknown_and_waits_for_a_good_metric_trains_nothing(
    answer: Callable[[str, dict[str, str]], Answer],
) -> None:
    text = "import joblib\n" + PIPELINE.replace("    train()\n    rated", "    rated")
    text = text.format(rated="r2_score(y, joblib.load(model).predict(X))", asked="rated.output > 0.8", then="{}")
    found = {then: answer("feedback-triggered-retraining", {"a.py": text.format(then)}) for then in ("train", "serve")}
    assert {then: one.status == "present" for then, one in found.items()} == {"train": True, "serve": False}


PULLING = """\
import mlflow
from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import BranchPythonOperator, PythonOperator


def choose(**context):
    return "register" if context["ti"].xcom_pull(task_ids="{asked}") else "leave"


def register():
    mlflow.register_model("runs:/1/model", "churn")


with DAG("churn", schedule=None) as dag:
    fit = BashOperator(task_id="train", bash_command="python train.py")
    check = {check}
    branch = BranchPythonOperator(task_id="branch", python_callable=choose)
    last = PythonOperator(task_id="register", python_callable=register)
    fit >> check >> branch >> last
"""


TRAINING = """\
from sklearn.svm import SVC

best = None
for c in (1, 2):
    auc = SVC(C=c).fit(x, y).score(x, y)
    if best is None or auc > best:
        best = auc
"""


CHECKING = """\
import json

report = json.load(open("report.json"))
print("PASS" if report["auc"] > 0.8 else "FAIL")
if report["auc"] < 0.8:
    print("too low")
"""


SCRIPT = 'BashOperator(task_id="check", bash_command="python check.py")'


@pytest.mark.parametrize(
    ("asked", "check", "present"),
    [
        ("check", SCRIPT, True),
        ("group.check", SCRIPT, True),
        ("check", 'PythonOperator(task_id="check", python_callable=passes)', True),
        ("train", SCRIPT, False),  # what training compares along the way is not what it answers
        ("load", SCRIPT, False),
        ("check", 'BashOperator(task_id="check", bash_command="ls")', False),
    ],
)
def test_a_branch_that_pulls_the_answer_of_a_task_asks_what_that_task_compares(
    asked: str, check: str, *, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    flow = PULLING.replace("{asked}", asked).replace("{check}", check)
    flow += "\n\ndef passes(auc):\n    return auc > 0.8\n"
    repository = {"dags/churn.py": flow, "train.py": TRAINING, "check.py": CHECKING}
    assert (answer("model-validation", repository).status == "present") is present


RETRAINING = """\
import joblib
import mlflow
from sklearn.linear_model import Ridge

def cycle(rows, labels, limit):
    {before}
    auc = model.score(rows, labels)
    if auc {sign} limit:
        return
    {between}
    mlflow.register_model("runs:/1/model", "churn")
"""


@pytest.mark.parametrize(
    ("before", "sign", "between", "present"),
    [
        ("model = joblib.load('model.joblib')", ">", "Ridge().fit(rows, labels)", False),  # the new one goes out anyway
        ("model = joblib.load('model.joblib')", "<", "print(auc)", True),
        ("model = Ridge().fit(rows[:9], labels[:9])", "<", "Ridge().fit(rows, labels)", True),  # once more, with all
    ],
)
def test_whether_to_train_is_not_whether_to_release(
    before: str, sign: str, between: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    code = RETRAINING.format(before=before, sign=sign, between=between)
    assert (answer("model-validation", {"cycle.py": code}).status == "present") is present
