"""Tasks that runners know by name, and console scripts: pyproject.toml, package.json, tox, mise, Taskfile, Pipfile.

Sources of the less known forms: https://pixi.sh/latest/reference/pixi_manifest/#the-feature-and-environments-tables,
https://hatch.pypa.io/latest/config/environment/overview/#scripts,
https://pipenv.pypa.io/en/latest/scripts.html and https://getcomposer.org/doc/articles/scripts.md
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Link, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_PYPROJECT_TASKS: tuple[tuple[str, ...], ...] = (
    ("tool", "poe", "tasks"),
    ("tool", "pdm", "scripts"),
    ("tool", "taskipy", "tasks"),
    ("tool", "pixi", "tasks"),
    ("tool", "thx", "jobs"),
    ("tool", "rye", "scripts"),
    ("tasks",),
)
# tables of which each entry, an environment, feature or platform, has tasks of its own
_GROUPED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("tool", "hatch", "envs"), "scripts"),
    (("tool", "pixi", "feature"), "tasks"),
    (("tool", "pixi", "target"), "tasks"),
    (("envs",), "scripts"),
    (("feature",), "tasks"),
    (("target",), "tasks"),
)
_CONSOLE_SCRIPTS: tuple[tuple[str, ...], ...] = (("project", "scripts"), ("tool", "poetry", "scripts"))
_COMMAND_KEYS = ("cmd", "cmds", "shell", "run", "command", "commands", "composite", "sequence", "script", "chain")
# stands before the name of another script, or before PHP, in a script of Composer
_REFERENCE = "@"
_NEED_KEYS = ("deps", "depends", "depends-on", "depends_on", "needs")


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the tasks and console scripts that a document defines."""
    found = _READERS.get(posixpath.basename(path))
    if found is not None:
        yield from found(document)


def _pyproject(document: Node) -> Iterator[Fact]:
    for way in _PYPROJECT_TASKS:
        yield from _tasks(document.get(*way))
    for way, key in _GROUPED:
        groups = document.get(*way)
        for group in (groups.mapping if groups else {}).values():
            yield from _tasks(group.get(key))
    for way in _CONSOLE_SCRIPTS:
        scripts = document.get(*way)
        for name, target in (scripts.mapping if scripts else {}).items():
            yield from _console_script(name, target.text, target.line)


def _console_script(name: str, target: str, line: int) -> Iterator[Fact]:
    yield Unit(line=line, name=name, kind="console-script")
    yield Link(line=line, kind="function", target=target, unit=name)


def _tasks(tasks: Node | None) -> Iterator[Fact]:
    for name, task in (tasks.mapping if tasks else {}).items():
        yield Unit(line=task.line, name=name, kind="task")
        yield from _body(name, task, tasks.mapping if tasks else {})


def _body(name: str, task: Node, all_tasks: dict[str, Node]) -> Iterator[Fact]:
    """Yield a task's commands; an item that names another task runs it."""
    bodies = [task] if not task.mapping else [found for key in _COMMAND_KEYS if (found := task.get(key))]
    for body in bodies:
        for item in body.items:
            other = item.get("task") or item.get("cmd")
            text = (other.text if other else item.text).removeprefix(_REFERENCE)
            if text in all_tasks and text != name:
                yield Link(line=item.line, kind="unit", target=text, unit=name)
            else:
                yield from shell.facts(text, item.line, name)
    for key in _NEED_KEYS:
        needs = task.get(key)
        for need in needs.items if needs else ():
            target = need.text or need.said("task")
            if target in all_tasks:
                yield Link(line=need.line, kind="unit", target=target, unit=name)


def _scripts(document: Node) -> Iterator[Fact]:
    yield from _tasks(document.get("scripts"))


def _taskfile(document: Node) -> Iterator[Fact]:
    yield from _tasks(document.get("tasks"))


def _tox(document: Node) -> Iterator[Fact]:
    for section, content in document.mapping.items():
        commands = content.get("commands")
        if section.startswith("testenv") and commands is not None:
            yield Unit(line=content.line, name=section, kind="task")
            text = commands.text.replace("{posargs}", "").replace("{toxinidir}/", "")
            yield from shell.facts(text, commands.line, section)


def _setup_cfg(document: Node) -> Iterator[Fact]:
    scripts = document.get("options.entry_points", "console_scripts")
    for number, line in enumerate(scripts.text.split("\n") if scripts else ()):
        name, equals, target = line.partition("=")
        if equals and scripts is not None:
            yield from _console_script(name.strip(), target.strip(), scripts.line + number)


_READERS: dict[str, Callable[[Node], Iterator[Fact]]] = {
    "pyproject.toml": _pyproject,
    "pixi.toml": _pyproject,
    "hatch.toml": _pyproject,
    "mise.toml": _pyproject,
    ".mise.toml": _pyproject,
    "package.json": _scripts,
    "composer.json": _scripts,
    "Pipfile": _scripts,
    "Taskfile.yml": _taskfile,
    "Taskfile.yaml": _taskfile,
    "tox.ini": _tox,
    "setup.cfg": _setup_cfg,
}
