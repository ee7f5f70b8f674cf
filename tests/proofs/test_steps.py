from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


PREPARE = "import pandas as pd\n\n\ndef clean():\n    pd.read_csv('a.csv').to_csv('b.csv')\n"


TRAIN = "from xgboost import XGBClassifier\n\n\ndef fit():\n    XGBClassifier().fit(X, y)\n"


MAIN = "\n\nif __name__ == '__main__':\n    {}()\n"


CHOSEN = (
    "import sys\nfrom prepare import clean\nfrom train import fit\nif sys.argv[1] == 'train':\n    fit()\n"
    "elif sys.argv[1] == 'prepare':\n    clean()\nelif sys.argv[1] == '{1}':\n    {0}\n"
)


OFFERED = (
    "import typer\nfrom prepare import clean\nfrom train import fit\napp = typer.Typer()\n"
    "app.command()(clean)\napp.command({})(fit)\nif __name__ == '__main__':\n    app()\n"
)


PROGRAMS = {"prepare.py": PREPARE + MAIN.format("clean"), "train.py": TRAIN + MAIN.format("fit")}


@pytest.mark.parametrize(
    ("files", "present"),
    [
        ({"run.sh": "python prepare.py\npython train.py\n"}, True),
        ({"Makefile": "all: a b\na:\n\tpython prepare.py\nb:\n\tpython train.py\n"}, True),
        ({"run.py": "import os\nos.system('python prepare.py')\nos.system('python train.py')\n"}, True),
        ({"run.py": "from prepare import clean\nfrom train import fit\nclean()\nfit()\n"}, True),
        ({"run.py": "import prepare\nimport train\nfor step in (prepare.clean, train.fit):\n    step()\n"}, True),
        ({"run.py": "import prepare\nimport train\nfor step in (train.fit,):\n    step()\n"}, False),
        ({"run.sh": "python prepare.py\nnohup python train.py > train.log 2>&1 &\n"}, True),
        ({"run.sh": "python prepare.py &\nwait\npython train.py\n"}, True),
        ({"run.bat": "start /wait python prepare.py\nstart python train.py\n"}, True),
        ({"run.sh": "nohup python prepare.py > a.log 2>&1 &\nnohup python train.py > b.log 2>&1 &\n"}, False),
        ({"run.bat": 'start "Data" python prepare.py\nstart "Training" python train.py\n'}, False),
        (
            {
                "Jenkinsfile": "pipeline {\n  stages {\n    stage('Prepare') { steps { sh 'python prepare.py' } }\n"
                "    stage('Train') { steps { sh 'python train.py' } }\n  }\n}\n"
            },
            True,
        ),
        ({"Jenkinsfile": "pipeline {\n  stages {\n    stage('T') { steps { sh 'python train.py' } }\n  }\n}\n"}, False),
        ({"run.py": CHOSEN.format("pass", "prepare")}, False),  # a run takes one branch
        ({"run.py": CHOSEN.format("clean(), fit()", "all")}, True),
        ({"run.py": OFFERED.format(""), "run.sh": "python run.py clean\npython run.py fit\n"}, True),
        ({"run.py": OFFERED.format("")}, False),  # whoever starts it names one of the commands
        ({"run.sh": "python train.py\n"}, False),
        ({"run.sh": "python train.py --a\npython train.py --b\n"}, False),
        ({"a.sh": "python prepare.py\n", "b.sh": "python train.py\n"}, False),
        ({"pyproject.toml": '[tool.poe.tasks]\na = "python prepare.py"\nb = "python train.py"\n'}, False),
        (
            {"compose.yaml": "services:\n  a:\n    command: python prepare.py\n  b:\n    command: python train.py\n"},
            False,
        ),
        (
            {
                "compose.yaml": "services:\n  jobs:\n    command: ./wait-for-it.sh db:5432 --\n"
                '      bash -c "python prepare.py && \\\n      python train.py"\n'
            },
            True,
        ),
        # what a program is told by a file of settings is no program
        ({"run.sh": "python prepare.py -c a.yaml\npython train.py -c b.yaml\n", "a.yaml": "a: 1\n"}, True),
        ({"run.sh": "cat a.yaml\npython train.py -c b.yaml\n", "a.yaml": "a: 1\n", "b.yaml": "b: 1\n"}, False),
    ],
)
def test_a_pipeline_runs_separate_programs_in_order(
    files: dict[str, str],
    present: bool,
    answer: Callable[[str, dict[str, str]], Answer],
) -> None:
    assert (answer("training-pipeline", {**PROGRAMS, **files}).status == "present") is present


READ = "import pandas as pd\n\npd.read_csv('a.csv').dropna()\n"


ALIKE = {name: READ + TRAIN + MAIN.format("fit") for name in ("train_a.py", "train_b.py", "finetune.py", "embed.py")}


@pytest.mark.parametrize(
    ("run", "present"),
    [
        ("python train_a.py\npython train_b.py\n", False),
        ("for m in a b; do python train_$m.py; done\n", False),
        ("python train_a.py\npython finetune.py\n", True),
        ("python embed.py\npython train_a.py\n", True),
        ("python prepare.py\npython train_a.py\npython train_b.py\n", True),
    ],
)
def test_programs_that_each_train_a_model_of_their_own_are_no_steps(
    run: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("training-pipeline", {**PROGRAMS, **ALIKE, "run.sh": run})
    assert (found.status == "present") is present


PART = "\n\nclass {0}:\n    def {1}(self, X, y):\n        {2}\n\n\n{0}().{1}(1, 2)\n"


PARTS = {
    "tree.py": "from xgboost import XGBClassifier" + PART.format("Tree", "{0}", "XGBClassifier().fit(X, y)"),
    "words.py": "import pandas as pd" + PART.format("Words", "{0}", "pd.read_csv('a.csv').dropna()"),
}


WHOLE = "from tree import Tree\nfrom words import Words\n\n\nclass Both:\n    def {0}(self, X, y):\n"


WHOLE += "        Words().{0}(X, y)\n        Tree().{0}(X, y)\n"


@pytest.mark.parametrize(("method", "present"), [("fit", False), ("run", True)])
def test_a_model_that_fits_its_parts_is_no_pipeline(
    method: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {path: text.format(method) for path, text in PARTS.items()}
    found = answer("training-pipeline", {**files, "both.py": WHOLE.format(method)})
    assert (found.status == "present") is present


ROWS = (
    "import pandas as pd\n\n\nclass Rows:\n    def {0}(self):\n        pd.read_csv('a.csv').dropna()\n\n\nRows(){1}\n"
)


RUN = "from rows import Rows\nfrom tree import Tree\n\n\ndef go():\n    Rows(){0}\n    Tree().{1}(X, y)\n"


@pytest.mark.parametrize(
    ("rows", "asked", "fits", "present"),
    [("clean", ".clean()", "run", True), ("__init__", "", "run", False), ("clean", ".clean()", "fit", False)],
    ids=["programs", "only-made", "only-fitted"],
)
def test_what_makes_an_object_or_fits_a_model_is_no_program(
    rows: str, asked: str, fits: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"rows.py": ROWS.format(rows, asked), "tree.py": PARTS["tree.py"].format(fits)}
    found = answer("training-pipeline", {**files, "go.py": RUN.format(asked, fits)})
    assert (found.status == "present") is present


SERVE = "import pandas as pd\nfrom flask import Flask\n\npd.read_csv('a.csv').dropna()\nFlask(__name__).run()\n"


JOB = """\
apiVersion: batch/v1
kind: Job
metadata: {{name: {0}}}
spec: {{template: {{spec: {{containers: [{{name: a, image: a, command: [python, {0}.py]}}]}}}}}}
"""


@pytest.mark.parametrize(
    ("run", "present"),
    [
        ("kubectl apply -f k8s/prepare.yaml\nkubectl wait job/a\nkubectl apply -f k8s/train.yaml\n", True),
        ("kubectl apply -f k8s/\n", False),
        ("python serve.py &\npython train.py\n", False),
    ],
    ids=["one-by-one", "at-once", "service"],
)
def test_what_one_command_starts_at_once_and_services_are_no_steps(
    run: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    manifests = {f"k8s/{name}.yaml": JOB.format(name) for name in ("prepare", "train")}
    files = {**PROGRAMS, **manifests, "serve.py": SERVE, "run.sh": run}
    assert (answer("training-pipeline", files).status == "present") is present


def test_functions_that_no_file_runs_are_no_programs(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    run = "from prepare import clean\nfrom train import fit\nclean()\nfit()\n"
    files = {"prepare.py": PREPARE, "train.py": TRAIN, "run.py": run}
    assert answer("training-pipeline", files).status != "present"


COMMANDS = "import typer\n{0}\napp = typer.Typer()\napp.command()({1})\n\n\nif __name__ == '__main__':\n    app()\n"


@pytest.mark.parametrize(("command", "present"), [("clean", True), ("show", False)])
def test_a_command_of_an_application_is_what_its_file_runs(
    command: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {
        "prepare.py": COMMANDS.format(PREPARE + "\n\ndef show():\n    print('rows')\n", command),
        "train.py": TRAIN + MAIN.format("fit"),
        "run.py": "from prepare import clean\nfrom train import fit\nclean()\nfit()\n",
    }
    assert (answer("training-pipeline", files).status == "present") is present


@pytest.mark.parametrize(("stages", "present"), [("train", False), ("clean train", True)])
def test_one_stage_is_no_pipeline(stages: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]) -> None:
    text = "stages:\n" + "".join(f"  {name}:\n    cmd: churn-{name} a.csv\n" for name in stages.split())
    found = answer("training-pipeline", {**PROGRAMS, "dvc.yaml": text})
    assert (found.status == "present") is present


JOBS = """\
on: push
jobs:
  first: {{runs-on: ubuntu-latest, steps: [{{run: {}}}]}}
  second: {{runs-on: ubuntu-latest, steps: [{{run: {}}}]}}
"""


BOTH = "import pandas as pd\nfrom xgboost import XGBClassifier\n\npd.read_csv('a.csv')\nXGBClassifier().fit(X, y)\n"


@pytest.mark.parametrize(
    ("first", "second", "present"),
    [
        ("python prepare.py", "python train.py", True),
        ("python both.py", "python both.py", False),
        ("python both.py --step prepare", "python both.py --step train", True),
        ("python both.py", "python again.py", False),
        ("python prepare.py", "python again.py", True),
    ],
)
def test_jobs_that_run_one_program_are_one_step(
    first: str,
    second: str,
    present: bool,
    answer: Callable[[str, dict[str, str]], Answer],
) -> None:
    again = "import subprocess\n\nsubprocess.run(['python', 'both.py'])\n"
    files = {**PROGRAMS, "both.py": BOTH, "again.py": again, ".github/workflows/ci.yml": JOBS.format(first, second)}
    assert (answer("training-pipeline", files).status == "present") is present


SERVICE = """\
from fastapi import FastAPI
import pandas as pd
from xgboost import XGBClassifier

app = FastAPI()


@app.post("/feedback")
def feedback():
    pd.read_csv("a.csv").to_csv("b.csv")


@app.post("/retrain")
def retrain():
    XGBClassifier().fit(X, y)
"""


def test_what_a_service_answers_is_no_sequence(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    assert answer("training-pipeline", {"app.py": SERVICE}).status != "present"


COMPOSE = "services:\n  a:\n    build: a\n  b:\n    build: b\n"


@pytest.mark.parametrize(
    ("run", "present"),
    [
        ("docker compose run --rm a\ndocker compose run --rm b\n", True),
        ("docker compose -f compose.yaml run --rm a\ndocker compose -f compose.yaml run --rm b\n", True),
        ("docker-compose run a\ndocker-compose run b\n", True),
        ("docker compose run -d a\ndocker compose run -d b\n", False),
        ("docker compose run --detach a\ndocker compose run b\n", False),
        ("docker compose up -d a\ndocker compose up -d b\n", False),
    ],
)
def test_containers_that_a_script_waits_for_are_steps(
    run: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    image = "FROM python:3.12\nCOPY {0}.py .\nCMD python {0}.py\n"
    code = {"a/prepare.py": PROGRAMS["prepare.py"], "b/train.py": PROGRAMS["train.py"]}
    images = {"a/Dockerfile": image.format("prepare"), "b/Dockerfile": image.format("train")}
    found = answer("training-pipeline", {**code, **images, "compose.yaml": COMPOSE, "run.sh": run})
    assert (found.status == "present") is present
