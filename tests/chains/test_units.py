from __future__ import annotations

from typing import TYPE_CHECKING

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


def test_tasks_of_a_file_are_not_one_run(graph: Callable[[dict[str, str]], Graph]) -> None:
    built = graph({"pyproject.toml": '[tool.poe.tasks]\nfit = "ls"\nshow = "ls"\n'})
    assert Node("pyproject.toml", "") not in built.edges
