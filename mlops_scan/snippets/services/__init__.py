"""CI services: one TOML file a service, with how it starts a job. The folder is the registry.

Each file has the ``steps`` that commands to ``{run}`` stand in: ``any``, and those for a cloud that wants a login. It
has a text for each way to start: ``{job}`` and ``{title}`` are the job's name, and the steps stand at the line
``{run}``, or at ``{staging}`` and ``{production}`` with the commands for that ``{stage}``. A command says ``{commit}``
and ``{tag}`` where a service has a variable of its own.
"""

from __future__ import annotations

import functools
import textwrap
from pathlib import Path
from typing import Literal

import msgspec

from mlops_scan.model import table

Start = Literal["change", "merge", "tag", "schedule", "promote"]
Cloud = Literal["any", "aws", "azure", "databricks", "google"]
_FOLDER = Path(__file__).resolve().parent
_MARKS = {"{run}": "", "{staging}": "staging", "{production}": "production"}


class Service(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A CI service by its name in a sentence, the paths that tell that it is used, and the file in which it is told."""

    name: str
    path: str
    commit: str
    steps: dict[Cloud, str]
    starts: dict[Start, str]
    tag: str = ""
    paths: tuple[str, ...] = ()


@functools.cache
def starting(start: Start) -> tuple[Service, ...]:
    """Return the services that know a way to start a job, last the one for a repository that uses none."""
    read = [msgspec.convert(table(file), Service) for file in sorted(_FOLDER.glob("*.toml"))]
    return tuple(sorted((one for one in read if start in one.starts), key=lambda service: not service.paths))


def written(service: Service, start: Start, job: str, commands: tuple[str, ...], cloud: Cloud) -> tuple[str, str]:
    """Return path and text of the file that lets a service run commands, logged in to a cloud."""
    told = [command.replace("{commit}", service.commit).replace("{tag}", service.tag) for command in commands]
    steps = service.steps.get(cloud, service.steps["any"]).strip("\n") + "\n"
    text = "".join(_told(line, steps, told) for line in service.starts[start].splitlines(keepends=True))
    named = text.replace("{job}", job).replace("{title}", job.capitalize())
    return service.path.replace("{job}", job), named


def _told(line: str, steps: str, commands: list[str]) -> str:
    """Return the steps where a line stands for them, at its depth."""
    depth, mark = line[: -len(line.lstrip())], line.strip()
    if mark not in _MARKS:
        return line
    here = [command.replace("{stage}", _MARKS[mark]) for command in commands]
    return "".join(textwrap.indent(_repeated(step, here), depth) for step in steps.splitlines(keepends=True))


def _repeated(step: str, commands: list[str]) -> str:
    """Return a line of the steps, once for every command where it runs one."""
    return "".join(step.replace("{run}", command) for command in commands) if "{run}" in step else step
