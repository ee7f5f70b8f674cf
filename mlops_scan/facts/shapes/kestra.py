"""Kestra flows: tasks that run commands, flows that they start, and triggers.

Source of the format: https://kestra.io/docs/workflow-components/flow
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Image, Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

MAX_TASKS = 500


def facts(path: str, document: Node) -> Iterator[Fact]:  # noqa: ARG001 - a flow is told by its keys
    """Yield the tasks and triggers of a flow."""
    name, tasks = document.get("id"), document.get("tasks")
    if name is None or tasks is None or document.get("namespace") is None or not name.text:
        return
    off = "disabled" if _is_true(document.get("disabled")) else ""
    yield Unit(line=name.line, name=name.text, kind="pipeline", off=off, alias=name.text)
    for task in _all(tasks):
        yield from _task(task, name.text)
    triggers = document.get("triggers")
    for trigger in triggers.items if triggers else ():
        yield from _trigger(trigger, name.text)


def _all(tasks: Node) -> Iterator[Node]:
    """Yield tasks and the tasks inside them, those that are switched off left out."""
    waiting, left = list(tasks.items), MAX_TASKS
    while waiting and left:
        task, left = waiting.pop(0), left - 1
        if not _is_true(task.get("disabled")):
            yield task
            for key in ("tasks", "then", "else"):
                inside = task.get(key)
                waiting.extend(inside.items if inside else ())


def _task(task: Node, flow: str) -> Iterator[Fact]:
    name, kind = task.get("id"), task.get("type")
    if name is None or kind is None:
        return
    unit = f"{flow}.{name.text}"
    yield Unit(line=name.line, name=unit, kind="stage")
    yield Link(line=name.line, kind="unit", target=unit, unit=flow)
    image = task.get("containerImage")
    if image is not None:
        yield Image(line=image.line, name=image.text, unit=unit)
    for key in ("beforeCommands", "commands"):
        commands = task.get(key)
        for command in commands.items if commands else ():
            yield from shell.commands(command.text, command.line, unit)
    other = task.get("flowId")
    if other is not None and kind.text.endswith((".Subflow", ".Flow", ".ForEachItem")):
        yield Link(line=other.line, kind="name", target=other.text, unit=unit)


def _trigger(trigger: Node, flow: str) -> Iterator[Fact]:
    kind, cron = trigger.get("type"), trigger.get("cron")
    if kind is None or _is_true(trigger.get("disabled")):
        return
    if kind.text.endswith(".Schedule") and cron is not None:
        yield Trigger(line=cron.line, event="schedule", detail=cron.text, unit=flow)
    elif kind.text.endswith(".Flow"):
        for other in _flows(trigger):
            yield Link(line=other.line, kind="upon", target=other.text, unit=flow)


def _flows(trigger: Node) -> Iterator[Node]:
    """Yield the flows whose end starts this one, in either way of writing them."""
    for way in (("conditions",), ("preconditions", "flows")):
        listed = trigger.get(*way)
        for condition in listed.items if listed else ():
            other = condition.get("flowId")
            if other is not None:
                yield other


def _is_true(node: Node | None) -> bool:
    return node is not None and node.text == "true"
