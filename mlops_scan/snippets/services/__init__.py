"""CI services: one TOML file a service, with how it starts a job. The folder is the registry.

Each file has a text for each way to start: ``{job}`` and ``{title}`` are the job's name, and a line that has ``{run}``
stands once for every command. A command says ``{commit}`` and ``{tag}`` where a service has a variable of its own.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

import msgspec

from mlops_scan.model import table

Start = Literal["change", "merge", "tag", "schedule"]
_FOLDER = Path(__file__).resolve().parent


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
    lines = service.starts[start].splitlines(keepends=True)
    text = "".join(line if "{run}" not in line else _repeated(line, service, commands) for line in lines)
    named = text.replace("{job}", job).replace("{title}", job.capitalize())
    return service.path.replace("{job}", job), named


def _repeated(line: str, service: Service, commands: tuple[str, ...]) -> str:
    told = (command.replace("{commit}", service.commit).replace("{tag}", service.tag) for command in commands)
    return "".join(line.replace("{run}", command) for command in told)
