"""The machines that jobs of GitHub's workflows run on: those of GitHub itself are gone when the job ends.

Source of the names: https://docs.github.com/en/actions/reference/runners/github-hosted-runners
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.node import Node

_HOSTED = ("ubuntu-", "windows-", "macos-")
# what points the client that starts containers at another host
_VARIABLES = frozenset({"DOCKER_HOST", "DOCKER_CONTEXT"})
_ELSEWHERE = (*_VARIABLES, "docker context", "docker-context", "docker --context", "ssh")


def is_passing(workflow: Node, job: Node) -> bool:
    """Tell whether all that a job leaves running is gone when it ends."""
    labels = job.get("runs-on")
    names = [label.text for label in (labels.items or (labels,))] if labels and not labels.mapping else []
    hosted = bool(names) and all(name.startswith(_HOSTED) for name in names)
    return hosted and not any(word in text for text in _said(workflow, job) for word in _ELSEWHERE)


def _said(workflow: Node, job: Node) -> Iterator[str]:
    """Yield the variables that a job and its steps set, what they run, and the actions that they use."""
    steps = job.get("steps")
    parts = (workflow, job, *(steps.items if steps else ()))
    for part in parts:
        env = part.get("env")
        yield from env.mapping if env else ()
        yield from (found.text for key in ("run", "uses") if (found := part.get(key)) is not None)
