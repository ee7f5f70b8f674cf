"""GitHub Actions workflows: `.github/workflows/*.yml` at the root, which is the only place that GitHub reads.

Source of the format: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
(Gitea and Forgejo read the same syntax from their own folders).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Image, Link, Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_FOLDERS = (".github/workflows/", ".gitea/workflows/", ".forgejo/workflows/")
_EVENTS = {
    "pull_request": "pull-request",
    "pull_request_target": "pull-request",
    "merge_group": "pull-request",
    "release": "release",
    "workflow_dispatch": "manual",
    "workflow_call": "call",
}
_SHELL_INPUTS = frozenset({"script", "run", "command", "inlineScript"})


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the triggers, jobs and steps of a workflow."""
    if not path.startswith(_FOLDERS) or document.get("jobs") is None:
        return
    name = document.get("name")
    yield Unit(line=name.line if name else document.line, name="", kind="workflow", alias=name.text if name else "")
    yield from _triggers(document)
    where = _directory(document)
    for name, job in (document.get("jobs") or document).mapping.items():
        yield from _job(name, job, where)


def _triggers(document: Node) -> Iterator[Fact]:
    on = document.get("on") or document.get("true")
    if on is None:
        return
    for event in on.items:
        yield from _trigger(event.text, event)
    for name, event in on.mapping.items():
        yield from _trigger(name, event)


def _trigger(name: str, event: Node) -> Iterator[Trigger]:
    if name == "push":
        tags_only = event.get("tags") is not None and event.get("branches") is None
        detail = _joined(event.get("tags" if tags_only else "branches"))
        yield Trigger(line=event.line, event="tag" if tags_only else "push", detail=detail)
    elif name == "schedule":
        for item in event.items:
            cron = item.get("cron")
            if cron is not None:
                yield Trigger(line=cron.line, event="schedule", detail=cron.text)
    elif name == "workflow_run":
        yield Trigger(line=event.line, event="upstream", detail=_joined(event.get("workflows")))
    elif name == "repository_dispatch":
        yield Trigger(line=event.line, event="event", detail=_joined(event.get("types")) or name)
    elif name in _EVENTS:
        yield Trigger(line=event.line, event=_EVENTS[name], detail=_joined(event.get("types")))
    else:
        yield Trigger(line=event.line, event="activity", detail=name)


def _joined(node: Node | None) -> str:
    return ", ".join(item.text for item in node.items) if node else ""


def _job(name: str, job: Node, where: str) -> Iterator[Fact]:
    yield Unit(line=job.line, name=name, kind="job", off=_off(job))
    where = _directory(job) or where
    tolerated = _is_true(job.get("continue-on-error"))
    for needed in _items(job, "needs"):
        yield Link(line=needed.line, kind="after", target=needed.text, unit=name)
    uses = job.get("uses")
    if uses is not None:
        yield from _used(uses, job, name, tolerated=tolerated)
    container = job.get("container", "image") or job.get("container")
    if container is not None and container.text:
        yield Image(line=container.line, name=container.text, unit=name)
    for step in _items(job, "steps"):
        yield from step_facts(step, name, where, tolerated=tolerated)


def _items(node: Node, key: str) -> tuple[Node, ...]:
    below = node.get(key)
    return below.items if below else ()


def step_facts(step: Node, unit: str, where: str, *, tolerated: bool = False) -> Iterator[Fact]:
    """Yield what one step of a job or composite action does."""
    if _off(step):
        return
    tolerated = tolerated or _is_true(step.get("continue-on-error"))
    directory = step.get("working-directory")
    where = _relative(directory.text) if directory else where
    run = step.get("run")
    if run is not None:
        yield from shell.commands(run.text, _first_line(run), unit, tolerated=tolerated, directory=where)
    uses = step.get("uses")
    if uses is not None:
        yield from _used(uses, step, unit, tolerated=tolerated)
        for name, value in _inputs(step).items():
            if name in _SHELL_INPUTS:
                yield from shell.commands(value.text, _first_line(value), unit, tolerated=tolerated)


def _used(uses: Node, step: Node, unit: str, *, tolerated: bool) -> Iterator[Fact]:
    if uses.text.startswith("./"):
        target = uses.text.removeprefix("./").rstrip("/")
        file = target if target.endswith((".yml", ".yaml")) else f"{target}/action.yml"
        yield Link(line=uses.line, kind="file", target=file, unit=unit)
    elif uses.text.startswith("docker://"):
        yield Image(line=uses.line, name=uses.text.removeprefix("docker://"), unit=unit)
    else:
        arguments = {name: value.text or _joined(value) for name, value in _inputs(step).items()}
        name = uses.text.partition("@")[0]
        yield Uses(line=uses.line, name=name, arguments=arguments, unit=unit, tolerated=tolerated)


def _inputs(step: Node) -> dict[str, Node]:
    given = step.get("with")
    return given.mapping if given else {}


def _off(node: Node) -> str:
    """Say why a job or step never runs by itself, as its ``if`` reads."""
    condition = node.get("if")
    if condition is None:
        return ""
    text = condition.text.replace("${{", "").replace("}}", "").replace(" ", "").replace('"', "'")
    if text in {"false", "github.event_name=='workflow_dispatch'"}:
        return f"if: {condition.text}"
    return ""


def _is_true(node: Node | None) -> bool:
    return node is not None and node.text == "true"


def _directory(node: Node) -> str:
    found = node.get("defaults", "run", "working-directory")
    return _relative(found.text) if found else ""


def _relative(directory: str) -> str:
    return "" if "$" in directory or directory in {".", "./"} else directory.removeprefix("./").rstrip("/")


def _first_line(run: Node) -> int:
    """Return the line of a block's first text line: the mark of a block scalar is that of its ``|``."""
    return run.line + 1 if "\n" in run.text else run.line
