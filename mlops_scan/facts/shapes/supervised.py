"""Services that another program keeps running: units of systemd, and programs of Supervisor.

Source of the formats: https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html,
https://www.freedesktop.org/software/systemd/man/latest/systemd.timer.html and https://supervisord.org/configuration.html
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_PROGRAM = "program:"
_SERVICE, _TIMER = ".service", ".timer"
# what systemd reads off the front of a command: whether failure counts, and as whom it runs
_PREFIXES = "@-:+!"
_NOTE = " ;"


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the services of a file, with what they run and when."""
    if path.endswith(_SERVICE):
        yield from _unit(document)
    elif path.endswith(_TIMER):
        yield from _timer(path, document)
    else:
        yield from _programs(document)


def _unit(document: Node) -> Iterator[Fact]:
    command = document.get("Service", "ExecStart")
    if command is not None and command.text:
        yield Unit(line=command.line, name="", kind="service")
        yield from shell.facts(command.text.lstrip(_PREFIXES), command.line)


def _timer(path: str, document: Node) -> Iterator[Fact]:
    """Yield when a timer starts the service of its name, or the one that it names."""
    calendar, named = document.get("Timer", "OnCalendar"), document.get("Timer", "Unit")
    if calendar is not None and calendar.text:
        service = named.text if named else posixpath.basename(path).removesuffix(_TIMER) + _SERVICE
        yield Trigger(line=calendar.line, event="schedule", detail=calendar.text)
        target = posixpath.join(posixpath.dirname(path), service)
        yield Link(line=calendar.line, kind="file", target=target)


def _programs(document: Node) -> Iterator[Fact]:
    for section, program in document.mapping.items():
        command = program.get("command") if section.startswith(_PROGRAM) else None
        if command is not None and command.text:
            name = section.removeprefix(_PROGRAM).strip()
            yield Unit(line=command.line, name=name, kind="service")
            yield Link(line=command.line, kind="unit", target=name)
            yield from shell.facts(command.text.partition(_NOTE)[0], command.line, name)
