"""Which commands of GitHub's workflows run on machines that are gone with the job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = ".github/workflows/run.yml"
WORKFLOW = """\
on: push
jobs:
  run:
    runs-on: {}
    steps:
      - run: docker run -d churn
"""
HOSTED = WORKFLOW.format("ubuntu-latest")


@pytest.mark.parametrize(
    ("text", "passing"),
    [
        (HOSTED, True),
        (WORKFLOW.format("[macos-14]"), True),
        (WORKFLOW.format("self-hosted"), False),
        (WORKFLOW.format("[self-hosted, ubuntu-22.04]"), False),
        (WORKFLOW.format("{group: ubuntu-runners}"), False),
        (WORKFLOW.format("${{ matrix.os }}"), False),
        (f"env: {{DOCKER_HOST: x}}\n{HOSTED}", False),
        (f"{HOSTED}        env: {{DOCKER_CONTEXT: far}}\n", False),
        (f"{HOSTED}      - run: docker context use far\n", False),
        (f"{HOSTED}      - run: ssh far ls\n", False),
        (f"{HOSTED}      - uses: acme/docker-context@v2\n", False),
        (f"{HOSTED}      - run: curl localhost\n", True),
    ],
)
def test_machines_of_github_are_gone_with_the_job(text: str, passing: bool, stated: Callable[..., list[Any]]) -> None:
    assert stated(PATH, text, Command, "run", "passing")[0] == ("docker run -d churn", passing)
