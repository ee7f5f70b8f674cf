from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

PATH = ".gitlab-ci.yml"


def test_a_job_waits_as_long_as_what_it_needs(graph: Callable[[dict[str, str]], Graph]) -> None:
    jobs = {
        "ask": "  script: [ls]\n  when: manual\n",
        "build": "  script: [ls]\n  needs: [ask]\n",
        "ship": "  script: [ls]\n  needs: [build]\n",
        "lint": "  script: [ls]\n",
    }
    built = graph({PATH: "".join(f"{name}:\n{body}" for name, body in jobs.items())})
    assert built.off == {
        Node(PATH, "ask"): "when: manual",
        Node(PATH, "build"): "waits for ask, which has when: manual",
        Node(PATH, "ship"): "waits for build, which has waits for ask, which has when: manual",
    }


def test_jobs_that_wait_for_each_other_end(graph: Callable[[dict[str, str]], Graph]) -> None:
    built = graph({PATH: "a:\n  script: [ls]\n  needs: [b]\nb:\n  script: [ls]\n  needs: [a]\n"})
    assert built.off == {}
    assert set(built.kinds.values()) == {"job"}


@pytest.mark.parametrize(
    ("checks", "ship", "stopped"),
    [
        ("", "", True),
        ("  allow_failure: true\n", "", False),
        ("  when: manual\n", "", False),
        (
            "  rules: [{if: $CI_PIPELINE_SOURCE == 'schedule'}]\n",
            "  rules: [{if: $CI_PIPELINE_SOURCE == 'push'}]\n",
            False,
        ),
        ("", "  needs: []\n", False),
        ("", "  when: always\n", False),
    ],
    ids=["fails", "may-fail", "by-hand", "elsewhere", "needs-none", "always"],
)
def test_a_stage_of_gitlab_does_not_start_behind_one_that_fails(
    graph: Callable[[dict[str, str]], Graph], checks: str, ship: str, stopped: bool
) -> None:
    jobs = f"check:\n  stage: test\n  script: [python check.py]\n{checks}ship:\n  stage: deploy\n  script: [ls]\n{ship}"
    built = graph({PATH: f"stages: [test, review, deploy]\n{jobs}"})
    assert (Node(PATH, "ship") in built.off) is stopped


def test_a_job_of_circleci_does_not_start_behind_one_that_fails(graph: Callable[[dict[str, str]], Graph]) -> None:
    path = ".circleci/config.yml"
    jobs = "".join(f"  {name}: {{steps: [{{run: {run}}}]}}\n" for name, run in {"a": "python a.py", "b": "ls"}.items())
    flows = "workflows:\n  w: {jobs: [{a: {name: first}}, {b: {requires: [first]}}, {b: {name: alone}}]}\n"
    both = "workflows:\n  w: {jobs: [{a: {name: first}}, {b: {requires: [first]}}]}\n"
    assert Node(path, "b") in graph({path: f"jobs:\n{jobs}{both}"}).off
    assert Node(path, "b") not in graph({path: f"jobs:\n{jobs}{flows}"}).off


def test_tasks_of_a_file_are_not_one_run(graph: Callable[[dict[str, str]], Graph]) -> None:
    built = graph({"pyproject.toml": '[tool.poe.tasks]\nfit = "ls"\nshow = "ls"\n'})
    assert Node("pyproject.toml", "") not in built.edges
