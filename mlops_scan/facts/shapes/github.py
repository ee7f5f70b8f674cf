"""GitHub Actions workflows: `.github/workflows/*.yml` at the root, which is the only place that GitHub reads.

A template's own root counts as what it becomes.

Source of the format: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
(Gitea and Forgejo read the same syntax from their own folders).
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import template_root
from mlops_scan.facts.github_events import passed, situations, triggers
from mlops_scan.facts.github_machines import is_passing
from mlops_scan.facts.github_matrix import bindings
from mlops_scan.facts.github_outcomes import of_job
from mlops_scan.facts.github_steps import (
    Around,
    asked,
    directory,
    environment,
    is_true,
    limits,
    shell_of,
    step_facts,
    used,
)
from mlops_scan.facts.kinds import Image, Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.github_events import Situation
    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_FOLDERS = (".github/workflows/", ".gitea/workflows/", ".forgejo/workflows/")
# a job whose condition asks for these runs although a job that it needs did not
_STATUS = ("always()", "failure()", "cancelled()")


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the triggers, jobs and steps of a workflow."""
    jobs, root = document.get("jobs"), template_root.root(path)
    inside = path[len(root) + 1 :] if root else path
    if not inside.startswith(_FOLDERS) or "/" in inside.partition("/workflows/")[2] or jobs is None:
        return
    name = document.get("name")
    yield Unit(line=name.line if name else document.line, name="", kind="workflow", alias=name.text if name else "")
    on = document.get("on") or document.get("true")
    conditions = tuple(_conditions(jobs))
    yield from triggers(on, conditions)
    ways = situations(on, conditions)
    around = Around(
        ways=ways,
        where=posixpath.join(root, directory(document)).rstrip("/"),
        variables=environment(document, {}, ways),
        root=root,
        default_shell=shell_of(document),
    )
    for job_name, job in jobs.mapping.items():
        yield from _job(job_name, job, around, passing=is_passing(document, job))


def _conditions(jobs: Node) -> Iterator[str]:
    for job in jobs.mapping.values():
        for part in (job, *_items(job, "steps")):
            test = part.get("if")
            yield from (test.text,) if test else ()


def _job(name: str, job: Node, around: Around, *, passing: bool) -> Iterator[Fact]:
    off, only = limits(job, around.ways)
    yield Unit(line=job.line, name=name, kind="job", off=off, only=only)
    yield from asked(job, name)
    yield from of_job(job, name)
    around = around.inside(job, name, passing=passing)
    for needed in _items(job, "needs"):
        if _waits(job, needed.text, around.ways):
            yield Link(line=needed.line, kind="after", target=needed.text, unit=name)
    uses = job.get("uses")
    if uses is not None:
        yield from used(uses, job, around, tolerated=is_true(job.get("continue-on-error")))
    if off and not only:
        return  # whoever starts the workflow, this job does not run: its steps are as if they were commented out
    container = job.get("container", "image") or job.get("container")
    if container is not None and container.text:
        yield Image(line=container.line, name=container.text, unit=name)
    for number, step in enumerate(_items(job, "steps"), 1):
        for known in bindings(job, step):
            yield from step_facts(step, number, around.knowing(known))


def _items(node: Node, key: str) -> tuple[Node, ...]:
    below = node.get(key)
    return below.items if below else ()


def _waits(job: Node, needed: str, ways: tuple[Situation, ...]) -> bool:
    """Tell whether a job runs only if one that it needs has run."""
    test = job.get("if")
    if test is None or not any(function in test.text.replace(" ", "") for function in _STATUS):
        return True
    needs = f"needs.{needed.lower()}"
    skipped = tuple(
        way._replace(known=way.known | {f"{needs}.result": "skipped", f"{needs}.outputs.*": None}) for way in ways
    )
    return bool(ways) and not passed(test.text, skipped)
