"""CircleCI: jobs with their commands, of their own and reusable ones.

Source of the format: https://circleci.com/docs/configuration-reference/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.circleci_workflows import is_ready_made, runs
from mlops_scan.facts.kinds import Image, Link, Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlops_scan.facts.circleci_workflows import Run
    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

MAX_DEPTH = 5
_CONDITIONAL = frozenset({"when", "unless"})


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the jobs of a configuration."""
    if path != ".circleci/config.yml":
        return
    found = list(runs(document))
    jobs = document.get("jobs")
    own = jobs.mapping if jobs else {}
    for name, job in own.items():
        yield from _job(name, job, [run for run in found if run.job == name], document, in_workflows=bool(found))
    started = {run.name for run in found if not run.off}
    for run in found:
        # a job of one name that some workflow starts is started, as one of the file's own is
        if run.job not in own and is_ready_made(run.job) and not (run.off and run.name in started):
            yield from _ready_made(run)


def _ready_made(run: Run) -> Iterator[Fact]:
    """Yield a job of an orb; there may be several of its name, each by the name that it has in its workflow."""
    yield Unit(line=run.line, name=run.name, kind="job", off=run.off)
    for event, line, detail in run.events:
        yield Trigger(line=line, event=event, detail=detail, unit=run.name)
    for needed in run.behind:
        yield Link(line=run.line, kind="behind", target=needed, unit=run.name)
    yield Uses(line=run.line, name=run.job, arguments=run.given, unit=run.name)


def _job(name: str, job: Node, used: list[Run], document: Node, *, in_workflows: bool) -> Iterator[Fact]:
    events = [event for run in used for event in run.events] or ([] if in_workflows else [("push", job.line, "")])
    off = "" if events else used[0].off if used else "in no workflow"
    yield Unit(line=job.line, name=name, kind="job", off=off)
    for event, line, detail in dict.fromkeys(events):
        yield Trigger(line=line, event=event, detail=detail, unit=name)
    for needed in dict.fromkeys(name for run in used[:1] for name in run.behind):
        if all(needed in run.behind for run in used):
            yield Link(line=job.line, kind="behind", target=needed, unit=name)
    docker = job.get("docker")
    for image in docker.items if docker else ():
        found = image.get("image")
        if found is not None:
            yield Image(line=found.line, name=found.text, unit=name)
    given = used[0].given if len({tuple(run.given.items()) for run in used}) == 1 else {}
    yield from _steps(job.get("steps"), name, document, _parameters(job, given), 0)


def _parameters(part: Node, given: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of a job or command: those given, else their defaults."""
    stated = part.get("parameters")
    defaults = {name: value.get("default") for name, value in (stated.mapping if stated else {}).items()}
    known = {name: value.text for name, value in defaults.items() if value is not None and value.text}
    return {**known, **{name: text for name, text in given.items() if name in defaults}}


def _steps(steps: Node | None, unit: str, document: Node, known: dict[str, str], depth: int) -> Iterator[Fact]:
    for step in steps.items if steps and depth < MAX_DEPTH else ():
        named = {step.text: step} if step.text else step.mapping
        for name, given in named.items():
            command = document.get("commands", name)
            if name == "run":
                yield from _run(given, unit, known)
            elif name in _CONDITIONAL:
                yield from _steps(given.get("steps"), unit, document, known, depth + 1)
            elif command is not None:
                texts = {key: _filled(value.text, known) for key, value in given.mapping.items() if value.text}
                inner = _parameters(command, texts)
                yield from _steps(command.get("steps"), unit, document, inner, depth + 1)
            elif given is not step or "/" in name:
                arguments = {key: value.text for key, value in given.mapping.items()}
                yield Uses(line=given.line, name=name, arguments=arguments, unit=unit)


def _run(run: Node, unit: str, known: dict[str, str]) -> Iterator[Fact]:
    command, moved = run.get("command") or run, run.get("working_directory")
    directory = moved.text if moved is not None and not moved.text.startswith(("~", "/", "<", "$")) else ""
    if command.text:
        text = _filled(command.text, known)
        yield from shell.facts(text, command.line + ("\n" in command.text), unit, directory=directory)


def _filled(text: str, known: dict[str, str]) -> str:
    """Put in the values of parameters."""
    for name, value in known.items() if "<<" in text else ():
        text = text.replace(f"<< parameters.{name} >>", value).replace(f"<<parameters.{name}>>", value)
    return text
