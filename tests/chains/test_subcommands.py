from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains.subcommands import Subcommands

if TYPE_CHECKING:
    from collections.abc import Callable

CI = (
    "on: {{schedule: [{{cron: '0 3 * * 1'}}]}}\njobs:\n  fit:\n    runs-on: ubuntu-latest\n    steps:\n"
    "      - run: {}\n"
)
PROJECT = '[project]\nname = "churn"\nscripts = {churn = "churn.cli:main"}\n'
FIT = "from sklearn.svm import SVC\n\n\ndef fit():\n    SVC().fit(x, y)\n"
MODELS = """\
import click

from churn.fitting import fit


@click.group({})
def models():
    pass


@models.command()
def train():
    fit()


@models.command()
def show():
    print(1)
"""
MAIN = """\
import click

from churn.models import {0}
from churn.tables import tables


@click.group()
def main():
    pass


main.add_command({0})
main.add_command(tables)
"""
TABLES = """\
import click


@click.group()
def tables():
    pass


@tables.command()
def train():
    print("tables of trains")
"""
TYPER_MODELS = """\
import typer

from churn.fitting import fit

app = typer.Typer()


@app.command()
def train():
    fit()


@app.command()
def show():
    print(1)
"""
TYPER_MAIN = "import typer\n\nfrom churn import models\n\nmain = typer.Typer()\nmain.add_typer(models.app{})\n"
CLICK = {
    "pyproject.toml": PROJECT,
    "churn/fitting.py": FIT,
    "churn/models.py": MODELS.format(""),
    "churn/tables.py": TABLES,
    "churn/cli.py": MAIN.format("models"),
}
TYPER = {"pyproject.toml": PROJECT, "churn/fitting.py": FIT, "churn/models.py": TYPER_MODELS}
MADE = """\
import typer

from churn.fitting import fit as fit_models

main = typer.Typer()


def show_all():
    print(1)


main.command({})(fit_models)
main.command()(show_all)
"""
AWAY = """\
from churn.base import cli
from churn.models import show, train

cli.add_command(train)
cli.add_command(show)
"""
BASE = "import click\n\n\n@click.group()\ndef cli():\n    pass\n"
ONLY = "import typer\n\nfrom churn.fitting import fit\n\nmain = typer.Typer()\nmain.command()(fit)\n"
COMMAND = MODELS.replace("@models.command()\ndef train", "@click.command()\ndef train").format("")


def run(command: str) -> dict[str, str]:
    return {".github/workflows/fit.yml": CI.format(command)}


@pytest.mark.parametrize(
    "files",
    [
        {**CLICK, **run("churn models train --rows 3")},
        {**CLICK, **run("python -m churn.cli models train")},
        {**CLICK, "churn/models.py": MODELS.format('"model-work"'), **run("churn model-work train")},
        {**CLICK, "churn/models.py": COMMAND, "churn/cli.py": MAIN.format("train"), **run("churn train")},
        {**CLICK, "churn/models.py": COMMAND, "churn/base.py": BASE, "churn/cli.py": AWAY, **run("churn train")},
        {**TYPER, "churn/cli.py": TYPER_MAIN.format(", name='models'"), **run("churn models train")},
        {**TYPER, "churn/cli.py": TYPER_MAIN.format(""), **run("churn train")},
        {**TYPER, "churn/cli.py": MADE.format('"learn"'), **run("churn learn")},
        {**TYPER, "churn/cli.py": MADE.format("name='learn'"), **run("churn learn")},
        {**TYPER, "churn/cli.py": MADE.format(""), **run("churn fit")},
        {**TYPER, "churn/cli.py": ONLY, **run("churn --rows 3")},
    ],
    ids=[
        "group",
        "module",
        "group-by-another-name",
        "command",
        "group-of-another-file",
        "typer",
        "typer-without-a-name",
        "made-by-name",
        "made-with-name",
        "made",
        "only-one",
    ],
)
def test_a_command_line_takes_in_commands_of_other_files(
    comes_to: Callable[[str, dict[str, str]], bool], files: dict[str, str]
) -> None:
    assert comes_to("trains", files)


@pytest.mark.parametrize(
    "files",
    [
        {**CLICK, **run("churn models show")},
        {**CLICK, **run("churn tables train")},
        {**CLICK, "churn/cli.py": MAIN.format("models").replace("main.add_command(m", "print(m"), **run("churn train")},
        {**TYPER, "churn/cli.py": TYPER_MAIN.format(", name='models'"), **run("churn models show")},
        {**TYPER, "churn/cli.py": MADE.format('"learn"'), **run("churn show-all")},
        {**TYPER, "churn/cli.py": MADE.format('"learn"'), **run("churn --help")},
    ],
    ids=["another-command", "of-another-group", "not-taken-in", "typer-another-command", "made-another", "none"],
)
def test_commands_that_the_words_do_not_name_are_not_run(
    comes_to: Callable[[str, dict[str, str]], bool], files: dict[str, str]
) -> None:
    assert not comes_to("trains", files)


def test_groups_in_a_circle_are_followed_as_far_as_words_go() -> None:
    offered = Subcommands({}, {"a.py": {"b": "b.py"}, "b.py": {"a": "a.py"}})
    assert offered.named("a.py", ["b", "a"] * 5_000 + ["b", "fit"]) == ("b.py", ["fit"])
