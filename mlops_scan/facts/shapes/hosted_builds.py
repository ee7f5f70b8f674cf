"""CI services that run listed commands on every push, from AppVeyor to Wercker.

Sources of the formats: https://www.appveyor.com/docs/appveyor-yml/,
https://buildkite.com/docs/pipelines/configure/step-types/command-step, https://cirrus-ci.org/guide/writing-tasks/,
https://codefresh.io/docs/docs/pipelines/steps/freestyle/, https://docs.nosana.com, https://docs.screwdriver.cd,
https://scrutinizer-ci.com/docs/build/, https://docs.semaphore.io/reference/pipeline-yaml,
https://docs.shippable.com/ci/yml-structure/, https://man.sr.ht/builds.sr.ht/manifest.md and
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


def _nosana(document: Node) -> Iterator[_Job]:
    for number, job in enumerate(_below(document, "jobs"), 1):
        commands = tuple(command.get("cmd") or command for command in _below(job, "commands"))
        yield _Job(f"job {number}", job.line, commands)


def _screwdriver(document: Node) -> Iterator[_Job]:
    jobs = document.get("jobs")
    for name, job in (jobs.mapping if jobs is not None else {}).items():
        by_hand = "" if any(_starts_by_itself(need) for need in _below(job, "requires")) else "requires"
        yield _Job(name, job.line, _named(_below(job, "steps")), by_hand)


def _starts_by_itself(need: Node) -> bool:
    """Tell whether a job waits for a commit, a pull request, or a job that does."""
    return not need.text.startswith("~") or need.text.startswith(("~commit", "~pr"))


def _scrutinizer(document: Node) -> Iterator[_Job]:
    build = document.get("build")
    nodes = document.get("build", "nodes")
    for name, node in (nodes.mapping if nodes is not None else {"build": build} if build is not None else {}).items():
        phases = (_below(node, phase, "override") for phase in ("dependencies", "tests"))
        yield _Job(name, node.line, tuple(item.get("command") or item for phase in phases for item in phase))


def _semaphore(document: Node) -> Iterator[_Job]:
    for number, block in enumerate(_below(document, "blocks"), 1):
        prologue = block.get("task", "prologue", "commands")
        for place, job in enumerate(_below(block, "task", "jobs"), 1):
            found = tuple(part for part in (prologue, job.get("commands")) if part is not None)
            yield _Job(f"block {number} job {place}", job.line, found)


def _shippable(document: Node) -> Iterator[_Job]:
    commands = document.get("build", "ci")
    if commands is not None:
        yield _Job("build", commands.line, (commands,))


def _sourcehut(document: Node) -> Iterator[_Job]:
    tasks = document.get("tasks")
    if tasks is not None:
        yield _Job("build", tasks.line, _named(tasks.items))


def _named(steps: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return the commands of steps, each of which is a name with its command."""
    return tuple(command for step in steps for command in step.mapping.values() or (step,))


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
    ".nosana-ci.yml": _nosana,
    "screwdriver.yaml": _screwdriver,
    ".scrutinizer.yml": _scrutinizer,
    "shippable.yml": _shippable,
    ".build.yml": _sourcehut,
    "wercker.yml": _wercker,
}
_FOLDERS = {
    ".buildkite": _buildkite,
    ".builds": _sourcehut,
    ".codefresh": _codefresh,
    ".semaphore": _semaphore,
}
