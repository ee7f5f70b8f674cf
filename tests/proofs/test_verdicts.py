from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.proofs.promoting import files_of, is_present

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


EVALUATE = "from churn.result import Result\n\ndef evaluate(new_f1, old_f1):\n    {}\n"


KEYWORD = EVALUATE.format("return Result(accepted=new_f1 > old_f1)")


POSITION = EVALUATE.format("won = new_f1 > old_f1\n    return Result(won)")


GAIN = EVALUATE.format("gain = new_f1 - old_f1\n    return Result(accepted=gain > 0)")


PROPERTY = "class Result:\n    @property\n    def accepted(self):\n        return self.f1 > 0.8\n\n"


PROPERTY += "def evaluate(new, old):\n    return Result()\n"


OF_DATA = KEYWORD.replace("new_f1", "rows").replace("old_f1", "limit")


UNASKED = "from churn.evaluate import evaluate\nfrom churn.push import push\n\nresult = evaluate(2, 1)\n"


RUN = UNASKED + "if not result.accepted:\n    {then}\npush()\n"


@pytest.mark.parametrize("evaluate", [KEYWORD, POSITION, GAIN, PROPERTY])
def test_a_verdict_kept_in_one_place_gates_where_it_is_asked(
    evaluate: str, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("model-validation", files_of(evaluate=evaluate, run=RUN.format(then="raise SystemExit(1)")))
    assert is_present(found)
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
    assert not is_present(answer("model-validation", files_of(evaluate=evaluate, run=run)))


def test_a_name_that_a_run_also_keeps_for_data_tells_nothing(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    run = "from churn import checks, evaluate\nfrom churn.push import push\n\nevaluate.evaluate(2, 1)\n"
    run += "if not checks.evaluate(2, 1).accepted:\n    raise SystemExit(1)\npush()\n"
    assert not is_present(answer("model-validation", files_of(evaluate=KEYWORD, checks=OF_DATA, run=run)))


def test_who_pushes_may_ask_what_the_run_handed_over(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    deploy = "import mlflow\n\ndef deploy(result):\n    if not result.accepted:\n        return\n"
    deploy += "    mlflow.register_model('runs:/1', 'churn')\n"
    run = "from churn.deploy import deploy\nfrom churn.evaluate import evaluate\n\ndeploy(evaluate(2, 1))\n"
    assert is_present(answer("model-validation", files_of(evaluate=KEYWORD, deploy=deploy, run=run)))


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
    assert is_present(answer("model-validation", files_of(evaluate=KEYWORD, push=UPLOAD, run=run))) is present


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
    assert is_present(answer("model-validation", files_of(check=CHECK, deploy=DEPLOY, run=HAND + run))) is present


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
    assert is_present(answer("feedback-triggered-retraining", files)) is present


ASKS = "from churn.judge import judge\nfrom churn.push import push\n\nfound = judge(2, 1)\nif {}:\n    push()\n"


def test_one_of_several_reasons_to_reject_suffices(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    judge = "def judge(rows, new_f1, old_f1):\n    if rows < 9:\n        return Result(accepted=False)\n"
    judge += "    if new_f1 < old_f1:\n        return Result(accepted=False)\n    return Result(accepted=True)\n"
    assert is_present(answer("model-validation", files_of(judge=judge, run=ASKS.format("found.accepted"))))
