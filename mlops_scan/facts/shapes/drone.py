"""Drone and Woodpecker CI: pipelines of steps with commands.

Sources of the formats: https://docs.drone.io/pipeline/overview/ and
https://woodpecker-ci.org/docs/usage/workflow-syntax (cron jobs are kept at the server; pipelines name the event)
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Image, Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_DRONE = frozenset({".drone.yml", ".drone.yaml"})
_WOODPECKER = frozenset({".woodpecker.yml", ".woodpecker.yaml"})
_EVENTS = {
    "push": "push",
    "pull_request": "pull-request",
    "tag": "tag",
    "release": "release",
    "cron": "schedule",
    "custom": "manual",
    "promote": "manual",
    "rollback": "manual",
    "deployment": "manual",
    "manual": "manual",
}
_BY_HAND = frozenset({"manual"})
_USUAL = ("push", "pull-request")


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the steps of a pipeline and what starts it."""
    folder = posixpath.dirname(path)
    if path not in _DRONE | _WOODPECKER and folder != ".woodpecker":
        return
    steps = document.get("steps") or document.get("pipeline")
    if steps is None:
        return
    name = document.get("name")
    unit = name.text if name else posixpath.basename(path)
    yield Unit(line=steps.line, name=unit, kind="job")
    for event, line in (_events(document) or dict.fromkeys(_USUAL, steps.line)).items():
        yield Trigger(line=line, event=event, unit=unit)
    needs = document.get("depends_on") if path in _DRONE else None
    for need in needs.items if needs else ():
        yield Link(line=need.line, kind="after", target=need.text, unit=unit)
    named = steps.mapping or {str(number): step for number, step in enumerate(steps.items, 1)}
    for label, step in named.items():
        yield from _step(step, label, unit)


def _step(step: Node, label: str, around: str) -> Iterator[Fact]:
    events = _events(step)
    unit = f"{around}: {label}" if events else around
    if events:
        off = f"when: {', '.join(events)}" if set(events) <= _BY_HAND else ""
        yield Link(line=step.line, kind="unit", target=unit, unit=around)
        yield Unit(line=step.line, name=unit, kind="step", off=off, only=tuple(sorted(events)))
    image, commands = step.get("image"), step.get("commands")
    if image is not None:
        yield Image(line=image.line, name=image.text, unit=unit)
    for item in commands.items if commands else ():
        yield from shell.facts(item.text, item.line + ("\n" in item.text), unit)


def _events(part: Node) -> dict[str, int]:
    """Return the events that ``trigger`` or ``when`` names, with their lines."""
    found: dict[str, int] = {}
    for key in ("trigger", "when"):
        when = part.get(key)
        for condition in (when, *when.items) if when else ():
            events = condition.get("event", "include") or condition.get("event")
            for item in events.items if events else ():
                found.setdefault(_EVENTS.get(item.text, "activity"), item.line)
    return found
