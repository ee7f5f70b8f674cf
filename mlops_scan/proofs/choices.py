"""Settings of CI jobs that are one thing on one branch and another on the next: which stage a run deploys to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains import Node
from mlops_scan.facts.github_expressions import Unknown, evaluate
from mlops_scan.facts.kinds import Command, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mlops_scan.assessment import Known
    from mlops_scan.chains import Start
    from mlops_scan.evidence import FileFacts
    from mlops_scan.facts.github_expressions import Value

_JOBS, _CONDITION = "jobs.", ".if"
_ENVIRONMENT = (".environment", ".environment.name")
_ASKED = ("github.ref", "github.event_name")
_VARIABLES = ("GITHUB_REF", "GITHUB_EVENT_NAME")
_TAKEN = re.compile(r"\b(?:outputs|env)\.([\w-]+)")
_FILES = frozenset({"GITHUB_OUTPUT", "GITHUB_ENV"})
# what starts a run, with GitHub's event and how the ref of the run begins; nobody gave it any inputs
_EVENTS = {"push": ("push", "refs/heads/"), "tag": ("push", "refs/tags/"), "release": ("release", "refs/tags/")}
_NOTHING_GIVEN: Mapping[str, Value] = {"inputs.*": None}


class Choice(NamedTuple):
    """A setting of a job, the line it stands on, and what it can be in the runs that reach the job."""

    job: Node
    line: int
    values: tuple[str, ...]


def found(known: Known, names: Iterable[str]) -> Iterator[Choice]:
    """Yield the settings of jobs that more than one thing can come of; ``names`` are branches to be tried."""
    asking = list(_asking(known))
    runs = _runs(known, {job for job, _, _ in asking}, tuple(names)) if asking else {}
    for job, line, expression in asking:
        values = (_text(evaluate(expression, contexts)) for contexts in runs.get(job, ()))
        different = tuple(dict.fromkeys(value for value in values if value))
        if len(different) > 1:
            yield Choice(job, line, different)
    for file in known.files:
        yield from _written(file)


def _written(file: FileFacts) -> Iterator[Choice]:
    """Yield the settings of jobs that take an output or variable which a script writes by the branch of the run."""
    values = _outputs(file.of(Command)) if file.path.endswith((".yml", ".yaml")) else {}
    for setting in file.of(Setting) if values else ():
        taken = _TAKEN.findall(setting.value) if setting.key.startswith(_JOBS) else ()
        for name in dict.fromkeys(name for name in taken if name in values):
            yield Choice(Node(file.path, setting.key.split(".", 2)[1]), setting.line, values[name])


def _outputs(commands: Iterable[Command]) -> dict[str, tuple[str, ...]]:
    """Return the outputs that one unit, which asks for its branch, gives more than one value."""
    asking: set[str] = set()
    given: dict[tuple[str, str], dict[str, None]] = {}
    for command in commands:
        if command.run.startswith("[") and any(name in command.run for name in (*_ASKED, *_VARIABLES)):
            asking.add(command.unit)
        elif command.run.startswith("echo ") and command.into.strip('${}"') in _FILES:
            name, _, value = command.run.removeprefix("echo ").partition("=")
            given.setdefault((command.unit, name), {})[value] = None
    return {name: tuple(values) for (unit, name), values in given.items() if unit in asking and len(values) > 1}


def _asking(known: Known) -> Iterator[tuple[Node, int, str]]:
    """Yield the expressions in settings of jobs that ask how a run was started, and choose by it."""
    for file in known.files:
        for setting in file.of(Setting):
            if setting.key.startswith(_JOBS) and any(name in setting.value for name in _ASKED):
                job = Node(file.path, setting.key.split(".", 2)[1])
                for expression in _expressions(setting):
                    yield job, setting.line, expression


def _expressions(setting: Setting) -> Iterator[str]:
    for part in setting.value.split("${{")[1:] if not setting.key.endswith(_CONDITION) else ():
        expression = part.partition("}}")[0]
        chooses = "&&" in expression and "||" in expression
        if any(name in expression for name in _ASKED) and (chooses or setting.key.endswith(_ENVIRONMENT)):
            yield expression


def _runs(known: Known, jobs: set[Node], names: tuple[str, ...]) -> dict[Node, list[dict[str, Value]]]:
    """Return what is known of each run that comes to one of the jobs."""
    runs: dict[Node, list[dict[str, Value]]] = {}
    for start in known.graph.starts if jobs else ():
        contexts = list(_contexts(start, names))
        for visit in known.graph.walk(start.nodes, event=start.event) if contexts else ():
            if visit.node in jobs:
                runs.setdefault(visit.node, []).extend(contexts)
    return runs


def _contexts(start: Start, names: tuple[str, ...]) -> Iterator[dict[str, Value]]:
    """Yield what a run knows: of pushes for each name that the trigger leaves in."""
    event, ref = _EVENTS.get(start.event, ("", ""))
    base = {"github.event_name": event, **_NOTHING_GIVEN}
    if start.event == "push":
        said = start.detail.replace(",", " ").split()
        for name in names if not said else [name for name in names if name in said]:
            yield {**base, "github.ref": ref + name, "github.ref_name": name}
    elif event:
        yield {**base, "github.ref": Unknown(ref), "github.ref_name": Unknown()}


def _text(value: Value) -> str:
    if isinstance(value, list):
        return " ".join(filter(None, map(_text, value)))
    return value if isinstance(value, str) else ""
