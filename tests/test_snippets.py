"""Every example, put into a repository, gives what it is an example of."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import yaml

from mlops_scan import model, scan, snippets
from mlops_scan.snippets import services

if TYPE_CHECKING:
    from pathlib import Path

TRAIN = next(file.text for file in snippets.of("modular-code")[0].file)
SERVE = next(file.text for file in snippets.of("low-friction-deployment")[-1].file if file.path.endswith(".py"))
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
IMAGE = {**SYSTEM, **{file.path: file.text for file in snippets.of("low-friction-deployment")[-1].file}}
BASES = {
    "modular-code": {"explore.ipynb": NOTEBOOK},
    "automated-release": IMAGE,
    "automated-deployment": IMAGE,
}
BY_SERVICE = {service.paths for service in services.starting("change") if service.paths}
# each example of a tool in one CI service, and each way to start in every service
CASES = [
    (one.id, at)
    for one in model.questions().capability
    for at, snippet in enumerate(snippets.of(one.id))
    if not (snippet.tools and snippet.paths in BY_SERVICE)
]
MOST_LINES = 32


def status(folder: Path, files: dict[str, str], capability: str) -> str:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.removeprefix("\n"), encoding="utf-8")
    found = scan.assess(str(folder))
    return next(answer.status for answer in found.capabilities if answer.id == capability)


@pytest.mark.parametrize("capability", sorted({capability for capability, _ in CASES}))
def test_what_examples_are_added_to_lacks_the_capability(tmp_path: Path, capability: str) -> None:
    assert status(tmp_path, BASES.get(capability, SYSTEM), capability) != "present"


@pytest.mark.parametrize(("capability", "at"), CASES)
def test_an_example_makes_its_capability_present(tmp_path: Path, capability: str, at: int) -> None:
    example = {file.path: file.text for file in snippets.of(capability)[at].file}
    assert status(tmp_path, {**BASES.get(capability, SYSTEM), **example}, capability) == "present"


def test_every_capability_that_files_can_show_has_an_example_for_any_repository() -> None:
    lacking = {one.id for one in model.questions().capability if not snippets.of(one.id)}
    assert lacking == {"team-collaboration"}


def test_every_tool_of_an_example_is_in_the_catalogue() -> None:
    named = {tool for one in model.questions().capability for each in snippets.of(one.id) for tool in each.tools}
    assert named <= {tool.id for tool, _ in scan.tools_of(scan.DEFAULT).tools}


def test_a_command_ends_no_text_of_a_service_and_leaves_nothing_open() -> None:
    for one in model.questions().capability:
        for at, snippet in enumerate(snippets.of(one.id)):
            for file in snippet.file if snippet.paths else ():
                said = yaml.safe_load(file.text) if file.path.endswith(".yml") else file.text
                assert not re.search(r"\{(run|job|title|commit|tag|stage|staging|production)\}", str(said)), (
                    one.id,
                    at,
                )
                assert file.path != "Jenkinsfile" or not re.search(r"sh '.*'.*'", file.text), (one.id, at)


def test_every_example_is_small() -> None:
    for one in model.questions().capability:
        for snippet in snippets.of(one.id):
            assert all(len(file.text.strip().splitlines()) <= MOST_LINES for file in snippet.file), snippet.change


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
    at_hand = frozenset(("experiment-tracking", tool) for tool in declared)
    chosen = snippets.choose("experiment-tracking", snippets.Seen(frozenset(used), at_hand))
    assert chosen is not None
    assert said in chosen.change


def test_a_tool_that_is_declared_is_at_hand_for_what_it_would_prove_only() -> None:
    frozen = snippets.Seen(at_hand=frozenset({("low-friction-deployment", "databricks")}))
    packaged, deployed = (snippets.choose(name, frozen) for name in ("low-friction-deployment", "automated-deployment"))
    assert packaged
    assert "Databricks" in packaged.change
    assert deployed == snippets.of("automated-deployment")[-1]


@pytest.mark.parametrize("capability", ["automated-deployment", "automated-release", "continuous-integration"])
@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("ci/deploy.gitlab-ci.yml", ".gitlab-ci.yml"),
        (".pipelines/train.yml", "azure-pipelines.yml"),
        ("Jenkinsfile", "Jenkinsfile"),
        (".circleci/config.yml", ".circleci/config.yml"),
        (".github/workflows/lint.yml", ".github/workflows/"),
        ("dvc.yaml", ".github/workflows/"),
    ],
)
def test_the_example_is_for_the_ci_service_in_use(capability: str, start: str, told: str) -> None:
    chosen = snippets.choose(capability, snippets.Seen(starts=frozenset({start})))
    assert chosen is not None
    assert chosen.file[0].path.startswith(told)


@pytest.mark.parametrize(("start", "told"), [("azure-pipelines.yml", "azure-"), (".github/workflows/x.yml", ".github")])
def test_an_example_fits_both_the_tool_and_the_ci_service(start: str, told: str) -> None:
    chosen = snippets.choose("automated-deployment", snippets.Seen(frozenset({"azure-ml"}), starts=frozenset({start})))
    assert chosen is not None
    assert "Azure Machine Learning" in chosen.change
    assert chosen.file[0].path.startswith(told)
