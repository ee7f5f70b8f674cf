"""What commands start, and what they say of what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph


TRAIN = (
    "from xgboost import XGBClassifier\n\n\ndef train():\n    XGBClassifier().fit(X, y)\n\n\ndef check():\n    pass\n"
)


STAGES = "stages:\n  fit:\n    cmd: python churn/train.py\n"


SCALA, FIT = "src/main/scala/acme/Fit.scala", "object Fit extends App { run() }\n"


PACKAGE = '{"scripts": {"fit": "ls"}}'


INVOKE = "from invoke import task\n\n\n@task\ndef fit(c):\n    c.run('ls')\n"


CI = "on: push\njobs:\n  run:\n    steps:\n      - run: {}\n"


WORKFLOW = ".github/workflows/ci.yml"


def started(graph: Graph, unit: str = "run") -> list[tuple[str, str]]:
    return [(edge.target.path, edge.target.unit) for edge in graph.edges.get(Node(WORKFLOW, unit), ())]


def reasons(graph: Graph) -> list[str]:
    return [dead.reason for ends in graph.dead.values() for dead in ends]


@pytest.mark.parametrize(
    ("command", "files", "target"),
    [
        ("python churn/train.py", {}, ("churn/train.py", "")),
        ("python -m churn.train", {}, ("churn/train.py", "")),
        ("python $PWD/churn/train.py", {}, ("churn/train.py", "")),
        ("python ${PWD}/churn/train.py", {}, ("churn/train.py", "")),
        ("python $(pwd)/churn/train.py", {}, ("churn/train.py", "")),
        ("spark-submit --class acme.Fit churn.jar", {"src/main/scala/acme/Fit.scala": FIT}, (SCALA, "")),
        ("java -cp churn.jar acme.Fit", {"src/main/scala/acme/Fit.scala": FIT}, (SCALA, "")),
        ("python churn/train.py train --fast", {}, ("churn/train.py", "train")),
        ("bash run.sh", {"run.sh": "python churn/train.py\n"}, ("run.sh", "")),
        ("make fit", {"Makefile": "fit:\n\tpython churn/train.py\n"}, ("Makefile", "fit")),
        ("make", {"Makefile": "fit:\n\tpython churn/train.py\n"}, ("Makefile", "")),
        ("make fit", {"Makefile": "include more.mk\n", "more.mk": "fit:\n\tls\n"}, ("more.mk", "fit")),
        ("dvc repro", {"dvc.yaml": "stages:\n  fit:\n    cmd: python churn/train.py\n"}, ("dvc.yaml", "")),
        ("dvc repro ml/dvc.yaml", dict.fromkeys(("dvc.yaml", "ml/dvc.yaml"), STAGES), ("ml/dvc.yaml", "")),
        ("dvc repro ml/dvc.yaml:fit", dict.fromkeys(("dvc.yaml", "ml/dvc.yaml"), STAGES), ("ml/dvc.yaml", "fit")),
        ("dvc repro fit", {"dvc.yaml": "stages:\n  fit:\n    cmd: python churn/train.py\n"}, ("dvc.yaml", "fit")),
        ("docker build -t a .", {"Dockerfile": "FROM python\n"}, ("Dockerfile", "build")),
        ("docker compose up -d", {"compose.yaml": "services:\n  api:\n    image: churn\n"}, ("compose.yaml", "")),
        ("just fit", {"justfile": "fit:\n    python churn/train.py\n"}, ("justfile", "fit")),
        (
            "churn train",
            {"pyproject.toml": '[project.scripts]\nchurn = "churn.train:main"\n'},
            ("churn/train.py", "train"),
        ),
        ("churn", {"pyproject.toml": '[project.scripts]\nchurn = "churn.train:main"\n'}, ("pyproject.toml", "churn")),
        ("npm --prefix web run fit", {"web/package.json": PACKAGE}, ("web/package.json", "fit")),
        ("npm run -w web fit", {"web/package.json": PACKAGE}, ("web/package.json", "fit")),
        ("pipenv run fit", {"Pipfile": '[scripts]\nfit = "ls"\n'}, ("Pipfile", "fit")),
        ("hatch run +py=3.12 env:fit", {"hatch.toml": '[envs.env.scripts]\nfit = "ls"\n'}, ("hatch.toml", "fit")),
        ("pixi run -e cpu fit", {"pixi.toml": '[feature.cpu.tasks]\nfit = "ls"\n'}, ("pixi.toml", "fit")),
        ("invoke -e fit", {"tasks.py": INVOKE}, ("tasks.py", "fit")),
        ("pnpm -w fit", {"package.json": PACKAGE}, ("package.json", "fit")),
        ("npm -w app run fit", {"package.json": PACKAGE}, ("package.json", "fit")),
        ("invoke ml.fit", {"tasks.py": INVOKE}, ("tasks.py", "fit")),
    ],
)
def test_a_command_starts(
    graph: Callable[[dict[str, str]], Graph], command: str, files: dict[str, str], target: tuple[str, str]
) -> None:
    built = graph({WORKFLOW: CI.format(command), "churn/train.py": TRAIN, "churn/__init__.py": "", **files})
    assert started(built) == [target]
    assert reasons(built) == []


@pytest.mark.parametrize(
    ("command", "files", "reason"),
    [
        ("python gone.py", {}, "there is no file gone.py here"),
        ("python $SCRIPT", {}, "$SCRIPT is not known here"),
        ("./gone.sh", {}, "there is no file ./gone.sh here"),
        ("python -m churn.gone", {}, "there is no module churn.gone here"),
        ("make fit", {}, "there is no makefile here"),
        ("make fit", {"Makefile": "test:\n\tpytest\n"}, "there is no target fit in Makefile"),
        ("dvc repro", {}, "there is no dvc.yaml here"),
        ("docker build .", {}, "there is no Dockerfile here"),
        ("docker run redis", {}, "it runs an image that is not built here"),
        ("docker compose -f prod.yml up", {}, "there is no prod.yml here"),
    ],
)
def test_what_is_not_there_ends_the_chain(
    graph: Callable[[dict[str, str]], Graph], command: str, files: dict[str, str], reason: str
) -> None:
    built = graph({WORKFLOW: CI.format(command), "churn/train.py": TRAIN, "churn/__init__.py": "", **files})
    assert started(built) == []
    assert reasons(built) == [reason]


@pytest.mark.parametrize(
    "command",
    ["spark-submit --class other.Fit churn.jar", "cat acme.Fit", "spark-submit --class Fit churn.jar"],
)
def test_a_class_of_another_package_and_one_that_is_read_start_nothing(
    graph: Callable[[dict[str, str]], Graph], command: str
) -> None:
    assert started(graph({WORKFLOW: CI.format(command), SCALA: FIT})) == []


@pytest.mark.parametrize(
    "command",
    [
        "python -m pip install x",
        "python -c 'print(1)'",
        "python --version",
        "bash -c 'ls'",
        "cat gone.py",
        "make -C sub",
        "docker ps",
        "python /opt/tool/run.py",
    ],
)
def test_what_is_not_ours_is_not_missed(graph: Callable[[dict[str, str]], Graph], command: str) -> None:
    built = graph({WORKFLOW: CI.format(command), "churn/train.py": TRAIN, "sub/Makefile": "a:\n\tls\n"})
    assert reasons(built) == []


def test_a_script_that_another_step_fetches_does_not_fail_the_job(graph: Callable[[dict[str, str]], Graph]) -> None:
    fetching = CI.format("curl -O https://example.com/gone.py") + "      - run: python gone.py\n"
    built = graph({WORKFLOW: fetching})
    assert reasons(built) == ["there is no file gone.py here"]
    assert built.broken == {}
    assert graph({WORKFLOW: CI.format("python gone.py")}).broken == {Node(WORKFLOW, "run"): 5}


@pytest.mark.parametrize(
    "brings",
    [
        "curl -sSLo gone.py https://example.com/gone.py",
        "curl https://example.com/gone.py > gone.py",
        "curl --output gone.py https://example.com/gone.py",
        "curl -L https://example.com/all.tgz | tar xz",
        "gh api repos/churn/steps/contents/gone.py > gone.py",
        "curl https://example.com/gone.py | tee gone.py",
        "dvc get https://example.com/repo gone.py",
        "gh release download v1",
    ],
)
def test_what_brings_files_leaves_it_open_whether_one_is_there(
    graph: Callable[[dict[str, str]], Graph], brings: str
) -> None:
    assert graph({WORKFLOW: CI.format(brings) + "      - run: python gone.py\n"}).broken == {}
    late = CI.format("python gone.py") + f"      - run: {brings}\n"
    assert graph({WORKFLOW: late}).broken == {Node(WORKFLOW, "run"): 5}


@pytest.mark.parametrize(
    "asks",
    [
        "curl -f http://localhost:8000/health",
        "curl -so /dev/null http://localhost:8000/health",
        "curl -LsSf https://example.com/install.sh | sh",
        "dvc pull",
        "dvc push",
        "gh pr comment --body-file report.md",
        "huggingface-cli login --token $TOKEN",
    ],
)
def test_a_question_an_installer_and_data_bring_no_script(graph: Callable[[dict[str, str]], Graph], asks: str) -> None:
    built = graph({WORKFLOW: CI.format(asks) + "      - run: python gone.py\n"})
    assert built.broken == {Node(WORKFLOW, "run"): 6}


@pytest.mark.parametrize(
    ("run", "trains"),
    [
        ("docker exec spark python /app/churn/train.py", True),
        ("docker exec -it -u ml spark spark-submit /app/churn/train.py", True),
        ("docker exec test conda run -n ml python churn/train.py", True),
        ("docker exec spark ls /app/churn/train.py", False),
        ("docker exec -w /app spark cat churn/train.py", False),
    ],
)
def test_a_container_is_asked_to_run_a_script_or_to_look_at_it(
    graph: Callable[[dict[str, str]], Graph], run: str, trains: bool
) -> None:
    built = graph({WORKFLOW: CI.format(run), "churn/train.py": TRAIN})
    assert started(built) == [("churn/train.py", "")] * trains


ARGPARSE = """\
import argparse
from churn.train import train

def predict(args): ...

parser = argparse.ArgumentParser()
commands = parser.add_subparsers()
fit = commands.add_parser("fit")
fit.set_defaults(function=train)
score = commands.add_parser("score")
score.set_defaults(function=predict)
arguments = parser.parse_args()
arguments.function(arguments)
"""


TYPER = """\
import typer
from churn.train import train

app = typer.Typer()

@app.command()
def main():
    train()

app()
"""


CLICK = """\
import click
from churn.train import train

@click.group()
def cli(): ...

@cli.command("fit-now")
def fitting():
    train()

@cli.command()
def show(): ...
"""


@pytest.mark.parametrize(
    ("command", "text", "trains"),
    [
        ("python run.py fit", ARGPARSE, True),
        ("python run.py score", ARGPARSE, False),
        ("python run.py", TYPER, True),
        ("python run.py fit-now", CLICK, True),
        ("python run.py show", CLICK, False),
    ],
)
def test_a_subcommand_is_what_runs(
    graph: Callable[[dict[str, str]], Graph],
    command: str,
    text: str,
    trains: bool,
) -> None:
    built = graph({WORKFLOW: CI.format(command), "churn/train.py": TRAIN, "churn/__init__.py": "", "run.py": text})
    acts = {reached.evidence.act for reached in built.reach([Node(WORKFLOW, "run")])}
    assert ("trains" in acts) is trains


@pytest.mark.parametrize(("command", "lints"), [("pre-commit run --all-files", True), ("pre-commit install", False)])
def test_to_install_hooks_runs_none(command: str, lints: bool, graph: Callable[[dict[str, str]], Graph]) -> None:
    hooks = "repos:\n  - repo: https://github.com/psf/black\n    hooks:\n      - id: black\n"
    built = graph({"setup.sh": f"{command}\n", ".pre-commit-config.yaml": hooks})
    assert bool(list(built.reach((Node("setup.sh", ""),)))) is lints


@pytest.mark.parametrize("name", ["MLproject", "MLProject", "mlproject"])
def test_a_project_of_mlflow_is_found_however_it_is_spelt(name: str, graph: Callable[[dict[str, str]], Graph]) -> None:
    project = "entry_points:\n  fit:\n    command: python train.py\n"
    texts = {WORKFLOW: CI.format("mlflow run . -e fit"), name: project, "train.py": TRAIN}
    assert started(graph(texts)) == [(name, "fit")]
