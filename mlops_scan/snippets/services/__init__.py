"""CI services: one TOML file a service, with how it starts a job. The folder is the registry.

Each file has a text for each way to start: ``{job}`` and ``{title}`` are the job's name, and a line that has ``{run}``
stands once for every command; one that has ``{staging}`` or ``{production}`` too, for the command in that ``{stage}``.
A command says ``{commit}`` and ``{tag}`` where a service has a variable of its own.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

import msgspec

from mlops_scan.model import table

Start = Literal["change", "merge", "tag", "schedule", "promote"]
_FOLDER = Path(__file__).resolve().parent
_MARKS = {"{run}": "", "{staging}": "staging", "{production}": "production"}


class Service(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A CI service by its name in a sentence, the paths that tell that it is used, and the file in which it is told."""

    name: str
    path: str
    commit: str
    starts: dict[Start, str]
    tag: str = ""
    paths: tuple[str, ...] = ()


@functools.cache
def starting(start: Start) -> tuple[Service, ...]:
    """Return the services that know a way to start a job, last the one for a repository that uses none."""
    read = [msgspec.convert(table(file), Service) for file in sorted(_FOLDER.glob("*.toml"))]
    return tuple(sorted((one for one in read if start in one.starts), key=lambda service: not service.paths))


def written(service: Service, start: Start, job: str, commands: tuple[str, ...]) -> tuple[str, str]:
    """Return path and text of the file that lets a service run commands."""
    told = [command.replace("{commit}", service.commit).replace("{tag}", service.tag) for command in commands]
    text = "".join(_told(line, told) for line in service.starts[start].splitlines(keepends=True))
    named = text.replace("{job}", job).replace("{title}", job.capitalize())
    return service.path.replace("{job}", job), named


def _told(line: str, commands: list[str]) -> str:
    """Return a line once for every command where it stands for them."""
    for mark, stage in _MARKS.items():
        if mark in line:
            return "".join(line.replace(mark, command.replace("{stage}", stage)) for command in commands)
    return line
