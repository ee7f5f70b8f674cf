from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.chains.places import built_by_action
from mlops_scan.facts.kinds import Command, Link, Trigger, Uses
from mlops_scan.facts.template_root import root

if TYPE_CHECKING:
    from collections.abc import Callable

WORKFLOW = "on: push\njobs:\n  fit:\n    steps:\n      - run: python train.py\n"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("{{ cookiecutter.slug }}/.github/workflows/ci.yml", "{{ cookiecutter.slug }}"),
        ("seedcode/.github/workflows/ci.yml", "seedcode"),
        ("template/pyproject.toml", "template"),
        ("src/template/train.py", ""),
        (".github/workflows/ci.yml", ""),
        ("template", ""),
    ],
)
def test_the_root_of_what_a_template_generates(path: str, expected: str) -> None:
    assert root(path) == expected


@pytest.mark.parametrize("folder", ["{{ cookiecutter.slug }}", "seedcode"])
def test_a_template_s_workflow_runs_in_what_it_generates(stated: Callable[..., list[Any]], folder: str) -> None:
    path = f"{folder}/.github/workflows/ci.yml"
    assert stated(path, WORKFLOW, Trigger, "event") == [("push",)]
    assert stated(path, WORKFLOW, Command, "run", "directory") == [("python train.py", folder)]


def test_what_a_template_s_workflow_calls_lies_in_the_template(stated: Callable[..., list[Any]]) -> None:
    path = "{{ cookiecutter.slug }}/.github/workflows/ci.yml"
    text = """on: push
jobs:
  call: {uses: ./.github/workflows/fit.yml}
  fit:
    runs-on: ubuntu-latest
    steps:
      - uses: ./.github/actions/fit
        with: {script: ./fit.py}
      - {run: python fit.py, working-directory: ./src}
"""
    assert stated(path, text, Link, "kind", "target") == [
        ("call", "{{ cookiecutter.slug }}/.github/workflows/fit.yml"),
        ("file", "{{ cookiecutter.slug }}/.github/actions/fit/action.yml"),
        ("given", "{{ cookiecutter.slug }}/fit.py"),
    ]
    assert stated(path, text, Command, "directory") == [("{{ cookiecutter.slug }}/src",)]


def test_an_image_that_a_template_s_workflow_builds_lies_in_the_template() -> None:
    used = Uses(1, "docker/build-push-action", {"context": "./api"})
    assert built_by_action(used, "skeleton/.github/workflows/ci.yml", frozenset()) == "skeleton/api/Dockerfile"


def test_a_workflow_in_any_other_folder_is_inert(stated: Callable[..., list[Any]]) -> None:
    assert stated("services/.github/workflows/ci.yml", WORKFLOW, Trigger) == []
