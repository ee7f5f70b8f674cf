from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

TRAIN = "from sklearn.svm import SVC\nSVC().fit(x, y)\n"
PUSH = "import mlflow\n\ndef push():\n    mlflow.register_model('runs:/1', 'churn')\n"
RESULT = "class Result:\n    def __init__(self, accepted):\n        self.accepted = accepted\n"
EVALUATE = "from churn.result import Result\n\ndef evaluate(new_f1, old_f1):\n    {}\n"
KEYWORD = EVALUATE.format("return Result(accepted=new_f1 > old_f1)")
POSITION = EVALUATE.format("won = new_f1 > old_f1\n    return Result(won)")
GAIN = EVALUATE.format("gain = new_f1 - old_f1\n    return Result(accepted=gain > 0)")
PROPERTY = "class Result:\n    @property\n    def accepted(self):\n        return self.f1 > 0.8\n\n"
PROPERTY += "def evaluate(new, old):\n    return Result()\n"
OF_DATA = KEYWORD.replace("new_f1", "rows").replace("old_f1", "limit")
UNASKED = "from churn.evaluate import evaluate\nfrom churn.push import push\n\nresult = evaluate(2, 1)\n"
RUN = UNASKED + "if not result.accepted:\n    {then}\npush()\n"


def _files(**texts: str) -> dict[str, str]:
    texts = {"train": TRAIN, "push": PUSH, "result": RESULT, **texts}
    return {f"churn/{name}.py": text for name, text in texts.items()}


def _present(found: Answer) -> bool:
    return found.status == "present"


@pytest.mark.parametrize("evaluate", [KEYWORD, POSITION, GAIN, PROPERTY])
def test_a_verdict_kept_in_one_place_gates_where_it_is_asked(
    evaluate: str, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("model-validation", _files(evaluate=evaluate, run=RUN.format(then="raise SystemExit(1)")))
    assert _present(found)
    kept = next(step for step in found.evidence[0].chain if step.path == "churn/evaluate.py")
    assert "keeps accepted" in kept.what


@pytest.mark.parametrize(
    ("evaluate", "run"),
    [
        (KEYWORD, UNASKED + "push()\n"),
        (KEYWORD, RUN.format(then="print('worse')")),  # asked, and pushed all the same
        (KEYWORD, "from churn import settings\nfrom churn.push import push\n\nif settings.force:\n    push()\n"),
        (OF_DATA, RUN.format(then="raise SystemExit(1)")),
        # no run comes to both: what another service answers has the same name
        (KEYWORD, "from churn.push import push\n\nif client.status().accepted:\n    push()\n"),
    ],
)
def test_a_verdict_gates_nothing_where_nobody_asks_it(
    evaluate: str, run: str, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    assert not _present(answer("model-validation", _files(evaluate=evaluate, run=run)))


def test_a_name_that_a_run_also_keeps_for_data_tells_nothing(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    run = "from churn import checks, evaluate\nfrom churn.push import push\n\nevaluate.evaluate(2, 1)\n"
    run += "if not checks.evaluate(2, 1).accepted:\n    raise SystemExit(1)\npush()\n"
    assert not _present(answer("model-validation", _files(evaluate=KEYWORD, checks=OF_DATA, run=run)))


def test_who_pushes_may_ask_what_the_run_handed_over(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    deploy = "import mlflow\n\ndef deploy(result):\n    if not result.accepted:\n        return\n"
    deploy += "    mlflow.register_model('runs:/1', 'churn')\n"
    run = "from churn.deploy import deploy\nfrom churn.evaluate import evaluate\n\ndeploy(evaluate(2, 1))\n"
    assert _present(answer("model-validation", _files(evaluate=KEYWORD, deploy=deploy, run=run)))


UPLOAD = "import boto3\n\ndef push():\n    boto3.client('s3').upload_file('model.pkl', 'models', 'model.pkl')\n"


@pytest.mark.parametrize(
    ("run", "present"),
    [
        (RUN.format(then="raise SystemExit"), True),
        (UNASKED + "def main():\n    if result.accepted:\n        push()\n", True),
        (UNASKED + "push()\n", False),
        # the best epoch of one training run, stored on the way
        ("from churn.push import push\n\nfor auc in fit():\n    if auc > best_auc:\n        push()\n", False),
    ],
)
def test_what_is_asked_for_may_decide_on_an_upload(
    run: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    assert _present(answer("model-validation", _files(evaluate=KEYWORD, push=UPLOAD, run=run))) is present


CHECK = "def check(new_f1, old_f1):\n    return new_f1 > old_f1\n"
DEPLOY = "from churn.push import push\n\ndef deploy(good):\n    if good:\n        push()\n"
HAND = "from churn.check import check\nfrom churn.deploy import deploy\n\n"


@pytest.mark.parametrize(
    ("run", "present"),
    [
        ("deploy(check(2, 1))\n", True),
        ("better = check(2, 1)\ndeploy(better)\n", True),
        ("better = check(2, 1)\ndeploy(good=better)\n", True),
        ("better = check.submit(2, 1)\ndeploy(better)\n", True),
        ("new_f1, old_f1 = measured()\nbetter = new_f1 > old_f1\ndeploy(better)\n", True),
        ("better = check(2, 1)\ndeploy(True)\n", False),
        ("rows = count()\ndeploy(rows > 10)\n", False),
    ],
)
def test_an_answer_may_be_handed_to_who_deploys(
    run: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    assert _present(answer("model-validation", _files(check=CHECK, deploy=DEPLOY, run=HAND + run))) is present


STEPS = """\
from zenml import pipeline, step
from zenml.integrations.mlflow.steps import mlflow_model_deployer_step
from churn.train import train

@step
def trigger({parameter}: float, settings: Settings) -> bool:
    {answer}

@pipeline
def deliver():
    model, auc = train()
    decision = trigger(auc)
    mlflow_model_deployer_step(model=model, deploy_decision={decision})
"""


@pytest.mark.parametrize(
    ("parameter", "answer_", "decision", "present"),
    [
        ("auc", "return auc > settings.floor", "decision", True),
        ("auc", "return auc > settings.floor", "trigger(auc)", True),
        ("auc", "return auc > settings.floor", "True", False),  # asked, and deployed all the same
        ("rows", "return rows > settings.floor", "decision", False),
        ("auc", "return True", "decision", False),
    ],
)
def test_a_deploying_step_may_be_handed_what_decides_on_it(
    parameter: str, answer_: str, decision: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    text = STEPS.format(parameter=parameter, answer=answer_, decision=decision)
    found = answer("model-validation", _files(deliver=text))
    assert _present(found) is present
    assert not present or "decides by trigger" in found.evidence[0].chain[0].what


DAG = """\
from airflow import DAG
from airflow.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator
from churn.push import push

def check(ti):
    value = ti.xcom_pull(task_ids="evaluate", key="{key}")
    {answer}

with DAG("churn"):
    gate = {operator}(task_id="gate", python_callable=check)
    last = PythonOperator(task_id="last", python_callable=push)
    gate >> last
"""


@pytest.mark.parametrize(
    ("operator", "key", "answer_", "present"),
    [
        ("ShortCircuitOperator", "auc", "return value > 0.8", True),
        ("BranchPythonOperator", "auc", "return 'last' if value > 0.8 else 'stop'", True),
        ("PythonOperator", "auc", "return value > 0.8", False),  # it runs what follows all the same
        ("ShortCircuitOperator", "rows", "return value > 100", False),
    ],
)
def test_a_task_that_decides_on_the_next_ones_is_a_gate(
    operator: str, key: str, answer_: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    text = DAG.format(operator=operator, key=key, answer=answer_)
    assert _present(answer("model-validation", _files(dag=text))) is present


@pytest.mark.parametrize(
    ("decorator", "present"), [("task.short_circuit", True), ("task.branch", True), ("task", False)]
)
def test_a_decorated_task_that_decides_is_a_gate(
    decorator: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    text = f"from airflow.decorators import dag, task\nfrom churn.push import push\n\n@{decorator}\ndef good(auc):\n"
    text += "    return auc > 0.8\n\n@task\ndef last():\n    push()\n\n@dag\ndef churn():\n    good(1) >> last()\n"
    assert _present(answer("model-validation", _files(dag=text))) is present


WORKFLOW = """\
on: push
jobs:
  test:
    steps:
      - id: gate
        run: |
          {gate}
      - if: steps.gate.outputs.good == 'true'
        run: {then}
      - run: {after}
"""
SHELL = 'if [ "${name}" -gt 80 ]; then echo "good=true" >> $GITHUB_OUTPUT; fi'
DEPLOY_IT = "kubectl rollout restart deployment/churn"


@pytest.mark.parametrize(
    ("gate", "then", "after", "present"),
    [
        (SHELL.format(name="ACCURACY"), DEPLOY_IT, "ls", True),
        ("python churn/gate.py", DEPLOY_IT, "ls", True),
        (SHELL.format(name="ACCURACY"), "ls", DEPLOY_IT, False),  # only a message hangs on it
        (SHELL.format(name="HOUR"), DEPLOY_IT, "ls", False),
        (SHELL.format(name="ACCURACY").replace("good", "other"), DEPLOY_IT, "ls", False),
    ],
)
def test_a_step_may_ask_for_the_output_that_a_comparison_decided(
    gate: str, then: str, after: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {".github/workflows/cd.yml": WORKFLOW.format(gate=gate, then=then, after=after), "churn/train.py": TRAIN}
    files["churn/gate.py"] = "import json\nauc = json.load(open('m.json'))['auc']\ngood = auc > 0.8\n"
    files["churn/gate.py"] += "print(f'good={str(good).lower()}', file=open('out', 'a'))\n"
    assert _present(answer("model-validation", files)) is present


@pytest.mark.parametrize(
    ("run", "present"),
    [
        ("python -c \"import json; assert json.load(open('m.json'))['auc'] > 0.8\"", True),
        ('if (( $(echo "$ACCURACY < 0.8" | bc -l) )); then exit 1; fi', True),
        ('if (( $(echo "$ACCURACY < 0.8" | bc -l) )); then echo low; fi', False),
        ('if (( $(echo "$COVERAGE < 80" | bc -l) )); then exit 1; fi', False),
    ],
)
def test_a_step_that_fails_on_a_metric_is_a_gate(
    run: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    workflow = WORKFLOW.format(gate=run, then="ls", after=DEPLOY_IT)
    files = {".github/workflows/cd.yml": workflow, "churn/train.py": TRAIN}
    assert _present(answer("model-validation", files)) is present


DETECT = """\
class Report:
    def judge(self, psi, limit, p_value):
        moved = psi > limit
        odd = p_value < 0.05
        self.retrain = {made}
"""
FLOW = "from churn.detect import Report\nfrom churn.train import fit\n\nreport = Report()\nreport.judge(1, 1, 1)\n"
FLOW += "if report.retrain:\n    fit()\n"
FIT = "from sklearn.svm import SVC\n\n\ndef fit():\n    SVC().fit(x, y)\n"


@pytest.mark.parametrize(("made", "present"), [("decide(moved, odd)", True), ("save(moved)", False)])
def test_outcomes_that_a_function_weighs_start_training(
    made: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"churn/detect.py": DETECT.format(made=made), "churn/train.py": FIT, "churn/flow.py": FLOW}
    assert _present(answer("feedback-triggered-retraining", files)) is present


JUDGE = "def judge(new_f1, old_f1):\n    {}\n"
WORD = JUDGE.format("if new_f1 < old_f1:\n        return '{}'\n    return 'promote'")
ASKS = "from churn.judge import judge\nfrom churn.push import push\n\nfound = judge(2, 1)\nif {}:\n    push()\n"


@pytest.mark.parametrize(
    ("judge", "asked", "present"),
    [
        (WORD.format("reject"), "found == 'promote'", True),
        (WORD.format("reject"), "found == 'staging'", False),  # a word that no comparison gives
        (WORD.format("reject").replace("f1", "rows"), "found == 'promote'", False),
        (JUDGE.format("if rows < 9 or new_f1 < old_f1:\n        return {'ok': False}"), "found['ok']", True),
        (JUDGE.format("if x:\n        return {'ok': False}\n    return {'ok': True}"), "found['ok']", False),
    ],
)
def test_a_verdict_may_be_a_word_or_a_flag_of_an_answer(
    judge: str, asked: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = _files(judge=judge, run=ASKS.format(asked))
    assert _present(answer("model-validation", files)) is present


def test_one_of_several_reasons_to_reject_suffices(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    judge = "def judge(rows, new_f1, old_f1):\n    if rows < 9:\n        return Result(accepted=False)\n"
    judge += "    if new_f1 < old_f1:\n        return Result(accepted=False)\n    return Result(accepted=True)\n"
    assert _present(answer("model-validation", _files(judge=judge, run=ASKS.format("found.accepted"))))


AUC = "import json\nauc = json.load(open('m.json'))['auc']\n"
AZURE = """\
trigger: [main]
stages:
- stage: Test
  jobs:
  - job: test
    steps:
    - script: python churn/gate.py
      name: gate
- stage: Deploy
  dependsOn: Test
  condition: eq(dependencies.Test.outputs['test.gate.{asked}'], 'true')
  jobs:
  - job: deploy
    steps:
    - script: kubectl rollout restart deployment/churn
"""
JOBS = """\
on: push
jobs:
  test:
    outputs:
      promote: ${{{{ steps.gate.outputs.{asked} }}}}
    steps:
      - id: gate
        run: python churn/gate.py
  deploy:
    needs: test
    if: needs.test.outputs.promote == 'true'
    steps:
      - run: kubectl rollout restart deployment/churn
"""
VARIABLE = """\
on: push
jobs:
  test:
    steps:
      - run: python churn/gate.py
      - if: env.{asked} == 'true'
        run: kubectl rollout restart deployment/churn
"""
SCRIPT = """\
deploy:
  script:
    - python churn/gate.py
    - if [ "${asked}" = "true" ]; then kubectl rollout restart deployment/churn; fi
"""
PRINTED = """\
on: push
jobs:
  test:
    steps:
      - run: |
          if [ "$(python churn/{asked}.py)" = "True" ]; then
            kubectl rollout restart deployment/churn
          fi
"""
SETS = AUC + "good = auc > 0.8\nprint(f'##vso[task.setvariable variable=good;isOutput=true]{good}')\n"
WRITES = AUC + "good = auc > 0.8\nprint(f'good={good}', file=open('out', 'a'))\n"
GITHUB = ".github/workflows/cd.yml"


@pytest.mark.parametrize(
    ("path", "text", "gate", "asked", "present"),
    [
        ("azure-pipelines.yml", AZURE, SETS, "good", True),
        ("azure-pipelines.yml", AZURE, SETS, "other", False),
        (GITHUB, JOBS, WRITES, "good", True),
        (GITHUB, JOBS, WRITES, "other", False),
        (GITHUB, VARIABLE, WRITES, "good", True),
        (GITHUB, VARIABLE, WRITES.replace("auc", "rows"), "good", False),
        (".gitlab-ci.yml", SCRIPT, WRITES, "good", True),
        (".gitlab-ci.yml", SCRIPT, WRITES, "other", False),
        (GITHUB, PRINTED, AUC + "print(auc > 0.8)\n", "gate", True),
        (GITHUB, PRINTED, AUC + "print(auc)\n", "gate", False),
        (GITHUB, PRINTED, AUC + "print(auc > 0.8)\n", "other", False),  # what another program prints
    ],
)
def test_later_jobs_and_steps_ask_for_what_a_program_decided(
    path: str, text: str, gate: str, asked: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {
        path: text.format(asked=asked),
        "churn/gate.py": gate,
        "churn/train.py": TRAIN,
        "churn/other.py": "x = 1\n",
    }
    assert _present(answer("model-validation", files)) is present


PARAMETERS = """\
from zenml.integrations.mlflow.steps import MLFlowDeployerParameters, mlflow_model_deployer_step
from zenml.pipelines import pipeline
from churn.check import check
from churn.train import train


@pipeline
def deliver(train_model, trigger, deployer):
    model, accuracy = train_model()
    decision = trigger(accuracy)
    deployer(deploy_decision={decision}, model=model)


deliver(
    train_model=train(),
    trigger={trigger}(),
    deployer=mlflow_model_deployer_step(MLFlowDeployerParameters(timeout=20)),
).run()
"""


@pytest.mark.parametrize(
    ("decision", "trigger", "present"),
    [("decision", "check", True), ("True", "check", False), ("decision", "look", False)],
)
def test_the_steps_of_a_pipeline_may_be_its_parameters(
    decision: str, trigger: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = _files(deliver=PARAMETERS.format(decision=decision, trigger=trigger), check=CHECK)
    assert _present(answer("model-validation", files)) is present
