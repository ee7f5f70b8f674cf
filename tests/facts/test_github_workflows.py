from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command, Image, Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

GITHUB = """\
name: CI
on:
  push:
    branches: [main]
  pull_request:
  schedule:
    - cron: "0 3 * * 1"
  workflow_dispatch:
  workflow_run:
    workflows: [Build, Train]
  repository_dispatch:
    types: [retrain]
  issues:
defaults:
  run:
    working-directory: ml
jobs:
  test:
    runs-on: ubuntu-latest
    container: python:3.12
    steps:
      - uses: actions/checkout@v4
      - name: test
        run: |
          pip install .

          pytest -q
        continue-on-error: true
      - run: make lint
        working-directory: ./
      - if: false
        run: never
  deploy:
    needs: test
    if: ${{ false }}
    uses: ./.github/workflows/deploy.yml
"""


PATH = ".github/workflows/ci.yml"


def test_github_triggers_with_their_lines(stated: Callable[..., list[Any]]) -> None:
    assert stated(PATH, GITHUB, Trigger, "line", "event", "detail") == [
        (3, "push", "main"),
        (5, "pull-request", ""),
        (7, "schedule", "0 3 * * 1"),
        (8, "manual", ""),
        (9, "upstream", "Build, Train"),
        (11, "call", "retrain"),
        (13, "activity", "issues"),
    ]


def test_github_jobs_steps_and_what_never_runs(stated: Callable[..., list[Any]]) -> None:
    assert stated(PATH, GITHUB, Unit, "line", "name", "off") == [
        (1, "", ""),
        (18, "test", ""),
        (33, "deploy", "if: ${{ false }}"),
    ]
    assert stated(PATH, GITHUB, Unit, "kind", "alias")[0] == ("workflow", "CI")
    assert stated(PATH, GITHUB, Command, "line", "run", "tolerated", "directory") == [
        (25, "pip install .", True, "ml"),
        (27, "pytest -q", True, "ml"),
        (29, "make lint", False, ""),
    ]
    assert stated(PATH, GITHUB, Image, "name") == [("python:3.12",)]
    assert stated(PATH, GITHUB, Link, "kind", "target", "unit") == [
        ("after", "test", "deploy"),
        ("call", ".github/workflows/deploy.yml", "deploy"),
    ]


@pytest.mark.parametrize(
    ("on", "events"),
    [
        ("push", ["push"]),
        ("[push, pull_request]", ["push", "pull-request"]),
        ("{push: {tags: ['v*']}}", ["tag"]),
        ("{push: {tags: ['v*'], branches: [main]}}", ["push"]),
        ("workflow_call", ["call"]),
        ("release", ["release"]),
    ],
)
def test_github_events_in_every_form(stated: Callable[..., list[Any]], on: str, events: list[str]) -> None:
    found = stated(PATH, f"on: {on}\njobs:\n  a:\n    steps: []\n", Trigger, "event")
    assert [event for (event,) in found] == events


def test_a_workflow_elsewhere_runs_nowhere(stated: Callable[..., list[Any]]) -> None:
    assert stated("sub/.github/workflows/ci.yml", GITHUB, Trigger) == []


def test_composite_actions_and_ssh_scripts(stated: Callable[..., list[Any]]) -> None:
    action = "runs:\n  using: composite\n  steps:\n    - run: make train\n"
    assert stated(".github/actions/train/action.yml", action, Command, "line", "run") == [(4, "make train")]
    ssh = "on: push\njobs:\n  d:\n    steps:\n      - uses: appleboy/ssh-action@v1\n        with:\n          script: |\n            docker pull a\n"
    assert stated(PATH, ssh, Command, "line", "run") == [(8, "docker pull a")]


@pytest.mark.parametrize(
    ("condition", "runs"),
    [
        ("false", 0),
        ("${{ false }}", 0),
        ("github.actor == 'x' && false", 0),
        ("(github.event.pull_request.head.repo.full_name || 'x') == github.repository && false", 0),
        ("false || github.actor == 'x'", 1),
        ("github.event_name == 'workflow_dispatch'", 1),
    ],
)
def test_a_job_that_never_runs_says_nothing(stated: Callable[..., list[Any]], condition: str, runs: int) -> None:
    steps = "    steps: [{run: pytest tests/e2e}]\n"
    text = f"on: [push, workflow_dispatch]\njobs:\n  a:\n    if: {condition}\n    runs-on: x\n{steps}"
    assert len(stated(PATH, text, Command)) == runs
    assert len(stated(PATH, text, Unit)) == 2


@pytest.mark.parametrize(
    ("workflow", "job", "step", "tolerated"),
    [
        ("", "", "", True),
        ("", "", "        shell: sh\n", True),
        ("", "", "        shell: bash\n", False),
        ("", "    defaults: {run: {shell: bash}}\n", "", False),
        ("defaults: {run: {shell: bash}}\n", "", "", False),
        ("defaults: {run: {shell: 'bash -el {0}'}}\n", "", "", True),
        ("defaults: {run: {shell: 'bash -eo pipefail {0}'}}\n", "", "", False),
        ("", "    runs-on: windows-latest\n", "", False),
    ],
)
def test_a_pipe_of_a_github_step_ends_as_its_last_command_does(
    workflow: str, job: str, step: str, tolerated: bool, stated: Callable[..., list[Any]]
) -> None:
    text = f"on: push\n{workflow}jobs:\n  test:\n{job}    steps:\n      - run: pytest | tee log\n{step}"
    assert stated(PATH, text, Command, "run", "tolerated") == [("pytest", tolerated), ("tee log", False)]


HEARD = """\
on: push
jobs:
  test:
    steps:
      - id: tests
        run: pytest
        continue-on-error: true
      - if: {test}
        run: {run}
"""


@pytest.mark.parametrize(
    ("test", "run", "tolerated"),
    [
        ("steps.tests.outcome == 'failure'", "exit 1", False),
        ("always()", 'if [ "${{ steps.tests.outcome }}" != "success" ]; then exit 1; fi', False),
        ("steps.tests.outcome == 'failure'", "echo failed", True),  # says so, and the job goes on
        ("steps.lint.outcome == 'failure'", "exit 1", True),
        ("steps.tests.outcome == 'success'", "./publish.sh || exit 1", True),  # which only leaves something out
    ],
)
def test_a_failure_that_a_later_step_hears_of_is_not_tolerated(
    test: str, run: str, tolerated: bool, stated: Callable[..., list[Any]]
) -> None:
    found = stated(PATH, HEARD.replace("{test}", test).replace("{run}", run), Command, "run", "tolerated")
    assert found[0] == ("pytest", tolerated)
