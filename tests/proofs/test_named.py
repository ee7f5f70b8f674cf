from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

# which job a word makes is known only when it runs
MAIN = "import sys\n\nfrom jobs import JOBS\n\nJOBS[sys.argv[1]]().run()\n"
JOBS = "from sklearn.svm import SVC\n\n\nclass Train:\n    def run(self):\n        SVC().fit(x, y)\n"
SPLIT = "import pandas as pd\n\npd.read_csv('a.csv').dropna().to_csv('b.csv')\n"
CI = "on: push\njobs:\n  all:\n    steps:\n      - run: {}\n      - run: {}\n"
TASKS = '[tasks.all]\nrun = ["mise run job {}", "mise run job {}"]\n[tasks.job]\nrun = "python main.py $usage_job"\n'
ARGO = (
    "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {{name: w}}\nspec:\n  entrypoint: main\n  templates:\n"
    "    - name: main\n      dag:\n        tasks: [{{name: {0}, template: run}}, {{name: {1}, template: run}}]\n"
    "    - name: run\n      container: {{image: churn, command: [python, main.py, '{{{{inputs.parameters.job}}}}']}}\n"
)
POE = '[tool.poe.tasks]\na = "python main.py prepare"\nb = "python main.py train"\n'


@pytest.mark.parametrize(
    ("files", "present"),
    [
        ({"run.sh": "python main.py prepare\npython main.py train\n"}, True),
        ({"run.sh": "python main.py --step=train --fast\npython main.py --step=evaluate\n"}, True),
        ({"Makefile": "all:\n\tpython main.py conf/training.yaml\n\tpython main.py conf/promotion.yaml\n"}, True),
        ({".github/workflows/a.yml": CI.format("python main.py tuning", "python main.py training")}, True),
        ({"mise.toml": TASKS.format("training", "evaluations")}, True),
        ({"argo.yaml": ARGO.format("prepare", "train")}, True),
        ({"argo.yaml": ARGO.format("train-small", "train-large")}, False),
        ({"argo.yaml": ARGO.format("notify", "clean-up")}, False),
        ({"run.sh": "python main.py train --a\npython main.py train --b\n"}, False),
        ({"run.sh": "python main.py train\npython main.py plot\n"}, False),
        ({"run.sh": "python main.py prepare\npython main.py evaluate\n"}, False),
        ({"run.sh": "python main.py train\n"}, False),
        ({"run.sh": "echo prepare\necho train\n"}, False),
        ({"run.sh": "acme prepare\nacme train\n"}, False),
        ({"a.sh": "python main.py prepare\n", "b.sh": "python main.py train\n"}, False),
        ({"pyproject.toml": POE}, False),
        ({"tests/run.sh": "python main.py prepare\npython main.py train\n"}, False),
        ({"mise.toml": TASKS.format("training", "training")}, False),
        ({"run.sh": "python main.py s3://b/train.csv\npython main.py s3://b/validation.csv\n"}, False),
        ({"run.sh": "python main.py collectstatic\npython main.py train_users_group\n"}, False),
        ({"run.sh": "python main.py collect-data\npython main.py train\n"}, True),
        ({"run.sh": "python split.py --part train\npython split.py --part validation\n", "split.py": SPLIT}, False),
    ],
    ids=[
        "script",
        "options",
        "configurations",
        "workflow",
        "task",
        "template",
        "template-twice",
        "template-of-others",
        "same-step",
        "other-word",
        "without-training",
        "once",
        "said",
        "not-here",
        "apart",
        "tasks-apart",
        "in-tests",
        "task-twice",
        "data",
        "other-collection",
        "collection",
        "known-to-prepare",
    ],
)
def test_a_program_that_is_run_for_one_step_after_the_other_is_a_pipeline(
    files: dict[str, str], present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("training-pipeline", {"main.py": MAIN, "jobs.py": JOBS, **files})
    assert (found.status == "present") is present


def test_an_object_that_is_asked_for_things_is_no_program(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    run = """\
import pandas as pd
from sklearn.svm import SVC


class Frames:
    def load(self):
        pd.read_csv("a.csv").to_csv("b.csv")


class Models:
    def fit(self):
        SVC().fit(x, y)


def main():
    frames = Frames()
    models = Models()
    frames.load()
    models.fit()


main()
"""
    assert answer("training-pipeline", {"run.py": run}).status != "present"
