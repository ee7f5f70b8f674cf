"""Azure ML: commands and components that objects hold, which a pipeline function asks for, and jobs read from files.

Source of the format: https://learn.microsoft.com/en-us/azure/machine-learning/how-to-create-component-pipeline-python
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Call, Fact

_COMMANDS = frozenset({"azure.ai.ml.command", "azure.ai.ml.entities.CommandComponent"})
_LOADED = frozenset({"azure.ai.ml.load_component", "azure.ai.ml.load_job", "azure.ai.ml.entities.Component.load"})
_FORMATS = (".yaml", ".yml")


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield what the objects run that a file makes of commands and of files."""
    for call in stated.calls:
        if call.name in _COMMANDS and call.owners:
            yield from _command(call, call.owners[-1])
        elif call.name in _LOADED:
            file = _file(call.arguments.get("source", call.arguments.get("path", call.arguments.get("0", ""))))
            if file:
                yield Link(call.line, "file", file, next(iter(call.owners[-1:]), call.unit))


def _command(call: Call, owner: str) -> Iterator[Fact]:
    where = text(call.arguments, "code")
    folder = posixpath.normpath(where) if where and not where.startswith("/") else ""
    yield from shell.facts(text(call.arguments, "command"), call.line, owner, directory="" if folder == "." else folder)


def _file(written: str) -> str:
    """Return the path of a file, without the folder that only the run knows; nothing where it has no name."""
    path = written.rpartition("{}")[2].lstrip("/")
    return posixpath.normpath(path) if path.endswith(_FORMATS) and "…" not in path else ""
