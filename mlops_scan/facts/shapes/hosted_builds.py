"""CI services that run listed commands on every push: AppVeyor, Buildkite, Cirrus, Codefresh, Semaphore, Wercker.

Sources of the formats: https://www.appveyor.com/docs/appveyor-yml/,
https://buildkite.com/docs/pipelines/configure/step-types/command-step, https://cirrus-ci.org/guide/writing-tasks/,
https://codefresh.io/docs/docs/pipelines/steps/freestyle/, https://docs.semaphore.io/reference/pipeline-yaml and
https://github.com/wercker/docs/blob/master/content/docs/configuration/steps.md
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_PHASES = ("install", "before_build", "build_script", "after_build", "before_test", "test_script", "after_test")
_SHELLS = ("ps", "pwsh", "cmd", "sh", "bash")
_TASK, _SCRIPT = "task", "script"
_OFF = "off"
# the only file of a folder that a push starts: the others are promoted to from there
_FIRST = {".semaphore": "semaphore"}
# of Buildkite: a person has to come by before what follows is run
_WAITING = ("block", "input", "manual")


class _Job(NamedTuple):
    """What is run under one name, why no push starts it, and whether it may fail."""

    name: str
    line: int
    commands: tuple[Node, ...]
    off: str = ""
    tolerated: bool = False


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the jobs of a service's file; pushes and pull requests start them."""
    folder, name = posixpath.split(path)
    reader = _FOLDERS.get(folder) or (_FILES.get(name) if not folder else None)
    first = _FIRST.get(folder)
    held = "promotion" if first and name.rpartition(".")[0] != first else ""
    for job in reader(document) if reader is not None else ():
        off = job.off or held
        yield Unit(line=job.line, name=job.name, kind="job", off=off)
        for event in () if off else ("push", "pull-request"):
            yield Trigger(line=job.line, event=event, unit=job.name)
        for command in job.commands:
            for item in command.items:
                line = item.line + ("\n" in item.text)
                yield from shell.facts(item.text, line, job.name, tolerated=job.tolerated)


def _is_true(part: Node, *keys: str) -> bool:
    found = part.get(*keys)
    return found is not None and found.text == "true"


def _below(part: Node, *keys: str) -> tuple[Node, ...]:
    found = part.get(*keys)
    return found.items if found is not None else ()


def _appveyor(document: Node) -> Iterator[_Job]:
    commands = [
        next((told for shell in _SHELLS if (told := item.get(shell)) is not None), item)
        for phase in _PHASES
        for item in _below(document, phase)
        if item.text != _OFF
    ]
    if commands:
        yield _Job("build", commands[0].line, tuple(commands))


def _buildkite(document: Node) -> Iterator[_Job]:
    waits = False
    steps = [inner for step in _below(document, "steps") for inner in (step, *_below(step, "steps"))]
    for number, step in enumerate(steps, 1):
        waits = waits or any(step.get(key) is not None or step.text == key for key in _WAITING)
        commands = tuple(found for key in ("command", "commands") if (found := step.get(key)) is not None)
        if commands:
            label = step.get("key") or step.get("label")
            name = f"{label.text if label is not None else 'step'} {number}"
            yield _Job(name, step.line, commands, "block" if waits else "", _is_true(step, "soft_fail"))


def _cirrus(document: Node) -> Iterator[_Job]:
    named = ((key, below) for key, below in document.mapping.items() if key == _TASK or key.endswith(f"_{_TASK}"))
    tasks = [(key, task) for key, below in named for task in (below.items or (below,))]
    for number, (key, task) in enumerate(tasks, 1):
        scripts = tuple(
            script for word, script in task.mapping.items() if word == _SCRIPT or word.endswith(f"_{_SCRIPT}")
        )
        kind = task.get("trigger_type")
        off = "trigger_type: manual" if kind is not None and kind.text == "manual" else ""
        yield _Job(f"{key} {number}", task.line, scripts, off, _is_true(task, "allow_failures"))


def _codefresh(document: Node) -> Iterator[_Job]:
    steps = document.get("steps")
    for name, step in (steps.mapping if steps is not None else {}).items():
        commands = step.get("commands")
        if commands is not None:
            forgiven = (found := step.get("fail_fast")) is not None and found.text == "false"
            yield _Job(name, step.line, (commands,), tolerated=forgiven)


def _semaphore(document: Node) -> Iterator[_Job]:
    for number, block in enumerate(_below(document, "blocks"), 1):
        prologue = block.get("task", "prologue", "commands")
        for place, job in enumerate(_below(block, "task", "jobs"), 1):
            found = tuple(part for part in (prologue, job.get("commands")) if part is not None)
            yield _Job(f"block {number} job {place}", job.line, found)


def _wercker(document: Node) -> Iterator[_Job]:
    steps = _below(document, "build", "steps")
    codes = tuple(code for step in steps if (code := step.get(_SCRIPT, "code")) is not None)
    if codes:
        yield _Job("build", codes[0].line, codes)


_FILES: dict[str, Callable[[Node], Iterator[_Job]]] = {
    "appveyor.yml": _appveyor,
    ".appveyor.yml": _appveyor,
    ".cirrus.yml": _cirrus,
    "codefresh.yml": _codefresh,
    "wercker.yml": _wercker,
}
_FOLDERS = {".buildkite": _buildkite, ".codefresh": _codefresh, ".semaphore": _semaphore}
