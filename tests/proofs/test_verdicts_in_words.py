from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.proofs.promoting import TRAIN, files_of, is_present

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


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
    files = files_of(judge=judge, run=ASKS.format(asked))
    assert is_present(answer("model-validation", files)) is present


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


HANDED = """\
on: push
jobs:
  test:
    steps:
      - id: gate
        run: python churn/gate.py
      - run: python churn/release.py
        env:
          BETTER: ${{{{ steps.gate.outputs.{asked} }}}}
"""


RELEASE = (
    "import os\nimport mlflow\n\nif os.getenv('BETTER') == 'true':\n    mlflow.register_model('runs:/1', 'churn')\n"
)


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
        (GITHUB, HANDED, WRITES, "good", True),
        (GITHUB, HANDED, WRITES, "other", False),
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
    files["churn/release.py"] = RELEASE
    assert is_present(answer("model-validation", files)) is present


FLAG = """\
def judge(score, scores):
    if scores:
        if score >= max(scores.values()):
            deploy_flag = 1
        else:
            deploy_flag = 0
    else:
        deploy_flag = 1
    with open("deploy_flag", "w") as out:
        out.write({written})


judge(measured(), former())
"""


READS = """\
import mlflow

with open("deploy_flag") as given:
    deploy_flag = int({read})
if {asked}:
    mlflow.register_model("runs:/1", "churn")
"""


ORDER = "stages:\n  judge:\n    cmd: python churn/judge.py\n  register:\n    cmd: python churn/register.py\n"


@pytest.mark.parametrize(
    ("written", "read", "asked", "present"),
    [
        ('f"{int(deploy_flag)}"', "given.read()", "deploy_flag == 1", True),
        ("str(deploy_flag)", "given.read().strip()", "deploy_flag", True),
        ("str(scores)", "given.read()", "deploy_flag == 1", False),  # the flag stays where it is
        ("str(deploy_flag)", "given.read()", "settings.flag == 1", False),
        ("str(deploy_flag)", "count(given)", "deploy_flag == 1", False),  # a flag of its own
    ],
)
def test_a_flag_is_written_by_one_program_and_read_by_another(
    written: str, read: str, asked: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"churn/judge.py": FLAG.replace("{written}", written), "churn/train.py": TRAIN, "dvc.yaml": ORDER}
    files["churn/register.py"] = READS.format(read=read, asked=asked)
    assert is_present(answer("model-validation", files)) is present


@pytest.mark.parametrize(
    ("then", "present"),
    [
        ("import mlflow\n\nmlflow.register_model('runs:/1', 'churn')", True),
        ("import boto3\n\nboto3.client('s3').upload_file('alert.json', 'alerts', 'alert.json')", False),
    ],
)
def test_a_word_may_be_a_prediction_that_decides_on_no_model(
    then: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    push = "def push():\n    " + then.replace("\n\n", "\n    ") + "\n"
    files = files_of(judge=WORD.format("fine"), push=push, run=ASKS.format("found == 'promote'"))
    assert is_present(answer("model-validation", files)) is present
