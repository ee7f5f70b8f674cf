from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.proofs.promoting import TRAIN, files_of, is_present

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


CHECK = "def check(new_f1, old_f1):\n    return new_f1 > old_f1\n"


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
    found = answer("model-validation", files_of(deliver=text))
    assert is_present(found) is present
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
        ("BranchPythonOperator", "auc", "better = value > 0.8\n    return 'last' if better else 'stop'", True),
        ("BranchPythonOperator", "auc", "better = ask()\n    return 'last' if better else 'stop'", False),
        ("PythonOperator", "auc", "return value > 0.8", False),  # it runs what follows all the same
        ("ShortCircuitOperator", "rows", "return value > 100", False),
    ],
)
def test_a_task_that_decides_on_the_next_ones_is_a_gate(
    operator: str, key: str, answer_: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    text = DAG.format(operator=operator, key=key, answer=answer_)
    assert is_present(answer("model-validation", files_of(dag=text))) is present


@pytest.mark.parametrize(
    ("decorator", "present"), [("task.short_circuit", True), ("task.branch", True), ("task", False)]
)
def test_a_decorated_task_that_decides_is_a_gate(
    decorator: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    text = f"from airflow.decorators import dag, task\nfrom churn.push import push\n\n@{decorator}\ndef good(auc):\n"
    text += "    return auc > 0.8\n\n@task\ndef last():\n    push()\n\n@dag\ndef churn():\n    good(1) >> last()\n"
    assert is_present(answer("model-validation", files_of(dag=text))) is present


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
    assert is_present(answer("model-validation", files)) is present


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
    assert is_present(answer("model-validation", files)) is present


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
    files = files_of(deliver=PARAMETERS.format(decision=decision, trigger=trigger), check=CHECK)
    assert is_present(answer("model-validation", files)) is present


COMPONENTS = """\
from kfp import dsl
from typing import NamedTuple


@dsl.component
def train():
    from sklearn.svm import SVC

    SVC().fit(x, y)


@dsl.component
def gate({metric}: float) -> NamedTuple("Outputs", [("decision", str)]):
    if {metric} > 0.8:
        best = "challenger"
    else:
        best = "champion"
    return (best,)


@dsl.component
def push(choice: str):
    import mlflow

    {asked}
        mlflow.register_model("runs:/1", "churn")


@dsl.pipeline
def churn():
    train()
    made = gate(0.9)
    push(choice={given})
"""


@pytest.mark.parametrize(
    ("metric", "asked", "given", "present"),
    [
        ("auc", 'if choice == "challenger":', "made.outputs['decision']", True),
        ("auc", 'if choice == "challenger":', "made.output", True),
        ("auc", 'if choice == "none":', "made.outputs['decision']", False),
        ("auc", "if True:", "made.outputs['decision']", False),
        ("auc", 'if choice == "challenger":', "'challenger'", False),
        ("rows", 'if choice == "challenger":', "made.outputs['decision']", False),
    ],
)
def test_a_component_asks_for_the_output_that_it_is_handed(
    metric: str, asked: str, given: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    text = COMPONENTS.format(metric=metric, asked=asked, given=given)
    assert is_present(answer("model-validation", {"churn/pipe.py": text})) is present
