"""Every example, put into a repository, gives what it is an example of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mlops_scan import model, scan, snippets

if TYPE_CHECKING:
    from pathlib import Path

TRAIN = next(file.text for file in snippets.of("modular-code")[0].file)
SERVE = next(file.text for file in snippets.of("low-friction-deployment")[0].file if file.path.endswith(".py"))
NOTEBOOK = json.dumps(
    {
        "cells": [
            {
                "cell_type": "code",
                "source": ["from sklearn.svm import SVC\n", "SVC().fit([[1], [2]], [0, 1])"],
                "metadata": {},
                "outputs": [],
                "execution_count": None,
            }
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
)
SYSTEM = {"src/train.py": TRAIN, "src/serve.py": SERVE, "src/__init__.py": ""}
# a system that trains and serves; what would already give the capability is not in it
IMAGE = {**SYSTEM, **{file.path: file.text for file in snippets.of("low-friction-deployment")[0].file}}
BASES = {
    "modular-code": {"explore.ipynb": NOTEBOOK},
    "automated-release": IMAGE,
    "automated-deployment": IMAGE,
}
CASES = [(one.id, at) for one in model.questions().capability for at in range(len(snippets.of(one.id)))]


def status(folder: Path, files: dict[str, str], capability: str) -> str:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.removeprefix("\n"), encoding="utf-8")
    found = scan.assess(str(folder))
    return next(answer.status for answer in found.capabilities if answer.id == capability)


@pytest.mark.parametrize(("capability", "at"), CASES)
def test_an_example_makes_its_capability_present(tmp_path: Path, capability: str, at: int) -> None:
    base = BASES.get(capability, SYSTEM)
    example = {file.path: file.text for file in snippets.of(capability)[at].file}
    assert status(tmp_path, base, capability) != "present"
    assert status(tmp_path, example, capability) == "present"


def test_every_capability_that_files_can_show_has_an_example_for_any_repository() -> None:
    lacking = {one.id for one in model.questions().capability if not snippets.of(one.id)}
    assert lacking == {"team-collaboration"}


@pytest.mark.parametrize(
    ("used", "declared", "said"),
    [
        ({"wandb"}, set(), "Weights & Biases"),
        ({"mlflow"}, {"wandb"}, "MLflow"),
        (set(), {"wandb"}, "Weights & Biases"),
        (set(), set(), "MLflow"),
    ],
)
def test_the_example_is_of_the_tool_in_use_before_one_that_is_declared(
    used: set[str], declared: set[str], said: str
) -> None:
    seen = [snippets.Seen(frozenset(tools), frozenset()) for tools in (used, declared)]
    chosen = snippets.choose("experiment-tracking", *seen)
    assert chosen is not None
    assert said in chosen.change


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({".gitlab-ci.yml": "hello:\n  script: [echo hello]\n"}, "GitLab"),
        ({"azure-pipelines.yml": "trigger: [main]\nsteps:\n  - script: echo hello\n"}, "Azure"),
        (
            {"Jenkinsfile": "pipeline {\n  agent any\n  stages { stage('a') { steps { sh 'echo hello' } } }\n}\n"},
            "Jenkins",
        ),
        ({}, "GitHub"),
    ],
)
def test_the_example_is_of_the_service_that_is_there_though_nothing_was_found_of_it(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    for path, text in {**SYSTEM, **files}.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    steps = scan.assess(str(tmp_path)).next_steps
    assert said in next(step.change for step in steps if "continuous-integration" in step.capabilities)
