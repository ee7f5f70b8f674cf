"""Programs that Python runs: through process runners, operators with a command, and sessions of task runners."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts import shell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Command

_PROCESSES = frozenset(
    f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen", "getoutput")
) | {"os.system", "os.popen"}
_PROJECTS = frozenset({"mlflow.run", "mlflow.projects.run"})
_NAMED_COMMAND = frozenset({"command", "commands", "cmd", "cmds", "bash_command", "entrypoint"})
# the folder whose code is sent along with a command
_FOLDERS = ("code", "source_directory", "source_dir", "working_dir")
# a decorator makes a function a task; its first parameter then runs commands
_TASKS = {
    "invoke.task": "invoke.Context",
    "invoke.tasks.task": "invoke.Context",
    "nox.session": "nox.Session",
}
CONTEXTS = frozenset(_TASKS.values())
_RUNNERS = frozenset({"invoke.Context.run", "invoke.run", "nox.Session.run", "nox.Session.run_always"})


def context(decorators: tuple[str, ...]) -> str:
    """Return the class of the object that a task's function is handed, empty where it is no task."""
    return next((_TASKS[name] for name in decorators if name in _TASKS), "")


def _project(arguments: dict[str, str]) -> str:
    """Return the command that runs an entry point of a project in a folder, behind whatever only the run knows."""
    folder = arguments.get("0", arguments.get("uri", ".")).removeprefix("{}/")
    entry = arguments.get("1", arguments.get("entry_point", "main"))
    return f"mlflow run {folder} -e {entry}"


def commands(name: str, arguments: dict[str, str], line: int, unit: str) -> Iterator[Command]:
    """Yield the commands that a call runs; ``arguments`` are texts by position and keyword."""
    if name.startswith("airflow."):  # its operators run in a task: see facts/flows/airflow.py
        return
    texts = [text for key, text in arguments.items() if key in _NAMED_COMMAND]
    if name in _PROCESSES and "0" in arguments:
        texts.append(arguments["0"])
    elif name in _PROJECTS:
        texts.append(_project(arguments))
    elif name in _RUNNERS:
        texts.append(" ".join(text for key, text in arguments.items() if key.isdigit()))
    where = next((arguments[key] for key in _FOLDERS if key in arguments), "")
    folder = posixpath.normpath(where) if where and "…" not in where and not where.startswith("/") else ""
    for text in texts:
        found = text.replace("sys.executable", "python")
        for command in shell.commands(found, line, unit, directory="" if folder == "." else folder):
            yield msgspec.structs.replace(command, line=line)
