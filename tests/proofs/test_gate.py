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


CHECK = """\
import sys

def main(auc, limit):
    if auc < limit:
        sys.exit(1)

main(0.7, 0.8)
"""


TRAIN = "from sklearn.linear_model import Ridge\n\nRidge().fit(X, y)\n"


PUSH = "import mlflow\n\nmlflow.register_model('runs:/1', 'churn')\n"


@pytest.mark.parametrize(
    ("files", "present"),
    [
        ({"check.py": CHECK}, False),  # nobody starts it, and nothing follows in it
        ({"check.py": CHECK, "run.sh": "python train.py\npython check.py\npython push.py\n"}, True),
        ({"check.py": f"{TRAIN}{CHECK}"}, True),
    ],
)
def test_a_run_that_ends_stops_something_where_it_is_part_of_one(
    files: dict[str, str], present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("model-validation", {"train.py": TRAIN, "push.py": PUSH, **files})
    assert (found.status == "present") is present


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


ASKING = """\
import mlflow


def find_candidate(names):
    return next((name for name in names if name.endswith("-b")), None)


def passes_metric(new, old):
    return new > old


def main(names, new, old):
    {asked}
    mlflow.register_model("runs:/1/model", "churn")
"""


@pytest.mark.parametrize(
    ("asked", "present"),
    [
        ("candidate = find_candidate(names)\n    if candidate is None:\n        return", False),  # is there any?
        ("if not find_candidate(names):\n        raise KeyError(names)", False),
        ("if not passes_metric(new, old):\n        return", True),
        ("good = passes_metric(new, old)\n    if not good:\n        return", True),
        ("if not elsewhere.passes_metric(new, old):\n        return", True),  # its name is all that is known
        ("good = new['auc'] > old['auc']\n    if not good:\n        return", True),
    ],
)
def test_the_name_of_a_function_at_hand_tells_no_more_than_its_code(
    asked: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("model-validation", {"promote.py": ASKING.format(asked=asked)})
    assert (found.status == "present") is present


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


LIBRARY = """\
class Classifier:
    def explain(self, score):
        if score < self.threshold:
            raise ValueError("not sure enough")
"""


@pytest.mark.parametrize(
    ("main", "present"),
    [
        ("from churn.model import Classifier\n", False),  # nothing here calls it
        ("from churn.model import Classifier\n\nClassifier().explain(0.3)\n", True),
    ],
)
def test_what_a_library_offers_ends_no_run_of_this_repository(
    main: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    texts = {"churn/__init__.py": "", "churn/model.py": LIBRARY, "train.py": f"{main}{TRAIN}", "push.py": PUSH}
    assert (answer("model-validation", texts).status == "present") is present


@pytest.mark.parametrize(
    ("check", "present"),
    [
        ("python check.py", True),
        ("python check.py || true", False),
        ("python check.py || {\n  echo too bad\n}", False),
        ("python check.py || {\n  echo too bad\n  exit 1\n}", True),
    ],
)
def test_a_check_whose_failure_is_tolerated_decides_nothing(
    check: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    texts = {"train.py": TRAIN, "check.py": CHECK, "push.py": PUSH}
    texts["run.sh"] = f"python train.py\n{check}\npython push.py\n"
    assert (answer("model-validation", texts).status == "present") is present


SERVING = """\
import mlflow
from fastapi import FastAPI, HTTPException

app = FastAPI()

@app.post("/promote")
def promote(score: float):
    if score < 0.5:
        raise HTTPException(422, "not sure")
    {then}
"""


@pytest.mark.parametrize(
    ("then", "present"), [("return score", False), ("mlflow.register_model('runs:/1', 'churn')", True)]
)
def test_an_error_that_answers_a_request_ends_that_only(
    then: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    texts = {"app.py": SERVING.format(then=then), "train.py": f"import app\n{TRAIN}", "push.py": PUSH}
    assert (answer("model-validation", texts).status == "present") is present


REPLACING = """\
import shutil

from sklearn.linear_model import Ridge


def decide(new, old, epsilon=1e-9):
    if new["recall"] > old["recall"] + epsilon:
        return Decision(promote=True)
    return Decision(promote=False)


def look(new):
    return Decision(promote=bool(new))


def prepare(new, old):
    rows = label(decide(new, old))
    return Table(rows, promote=True)


def main(new, old, candidate_path, production_path, backup_path):
    decision = {decided}
    if decision.promote:
        {then}


Ridge().fit(X, y)
"""


@pytest.mark.parametrize(
    ("decided", "then", "present"),
    [
        ("decide(new, old)", "shutil.copy2(candidate_path, production_path)", True),
        ("decide(new, old)", "shutil.copy2(production_path, backup_path)", False),
        ("decide(new, old)", "print(decision)", False),
        ("look(new)", "shutil.copy2(candidate_path, production_path)", False),
        ("given(new)", "shutil.copy2(candidate_path, production_path)", False),  # nobody knows what it compares
        ("prepare(new, old)", "shutil.copy2(candidate_path, production_path)", False),  # compares along the way
    ],
)
def test_a_decision_puts_the_candidate_in_the_place_of_the_model_in_use(
    decided: str, then: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    code = REPLACING.format(decided=decided, then=then)
    assert (answer("model-validation", {"cycle.py": code}).status == "present") is present


def test_whether_a_table_is_empty_is_no_decision(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    code = REPLACING.format(decided="decide(new, old)", then="shutil.copy2(candidate_path, production_path)")
    found = answer("model-validation", {"cycle.py": code.replace("decision.promote", "decision.empty")})
    assert found.status != "present"


NAMING = """\
import mlflow


def choose(new, old):
    if new["f1"] > old["f1"]:
        return "champion", "better"
    return "challenger", "not better"


def read(settings):
    return settings["alias"]


def main(new, old, settings):
    {chosen}
    mlflow.MlflowClient().set_registered_model_alias(
        name="churn", {handed}, version="1"
    )
"""


@pytest.mark.parametrize(
    ("chosen", "handed", "present"),
    [
        ("alias, why = choose(new, old)", "alias=alias", True),
        ("target_alias = choose(new, old)[0]", "alias=target_alias", False),  # one of several, by its number
        ("alias = 'champion' if new['f1'] > old['f1'] else 'challenger'", "alias=alias", True),
        ("alias, why = choose(new, old)", "alias='champion'", False),  # asked, and named so all the same
        ("alias = read(settings)", "alias=alias", False),
        ("alias = champion_alias(settings)", "alias=alias", False),  # nobody knows what decides
        ("alias = 'champion' if new['rows'] > old['rows'] else 'challenger'", "alias=alias", False),
        ("note, why = choose(new, old)", "alias='champion', description=note", False),
    ],
)
def test_a_comparison_decides_which_alias_a_version_gets(
    chosen: str, handed: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    code = NAMING.format(chosen=chosen, handed=handed)
    assert (answer("model-validation", {"promote.py": code}).status == "present") is present
