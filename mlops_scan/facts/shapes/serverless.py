"""Serverless Framework: functions, and the schedules and data that start them.

Source of the format: https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import lambda_code
from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the functions of a service."""
    functions, provider = document.get("functions"), document.get("provider")
    if not posixpath.basename(path).startswith("serverless.") or provider is None or functions is None:
        return
    for name, function in functions.mapping.items():
        yield Unit(function.line, name, "resource")
        handler = function.get("handler")
        if handler is not None and "." in handler.text:
            target = lambda_code.in_folder(posixpath.dirname(path), handler.text.replace("/", "."))
            yield Link(handler.line, "function", target, name)
        events = function.get("events")
        for event in events.items if events else ():
            yield from _event(event, name)


def _event(event: Node, unit: str) -> Iterator[Trigger]:
    schedule, data = event.get("schedule"), event.get("s3")
    if schedule is not None:
        enabled = schedule.get("enabled")
        rate = schedule.get("rate") or schedule
        when = rate.text or (rate.items[0].text if rate.items else "")
        if when and (enabled is None or enabled.text != "false"):
            yield Trigger(schedule.line, "schedule", when, unit)
    elif data is not None:
        yield Trigger(data.line, "event", "data", unit)
