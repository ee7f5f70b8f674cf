"""Steps of Azure Pipelines: scripts and tasks.

Source of the format: https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/steps
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.azure_conditions import asked, limits
from mlops_scan.facts.kinds import Image, Link, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_SHELLS = ("script", "bash", "pwsh", "powershell")
_SCRIPT_INPUTS = frozenset({"script", "inlineScript", "scriptPath", "arguments"})
_SHORT = {"publish": "PublishPipelineArtifact", "download": "DownloadPipelineArtifact"}
_VALIDATION = "ManualValidation"
_PROGRAMS = frozenset({"az", "bash", "databricks", "docker", "dvc", "make", "pytest", "python", "python3", "sh"})
# how parameters that hold what is to run are called; others say what something is called, or is about
_RUN = ("command", "cmd", "run", "script", "bash", "shell", "code")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LATER = "$["  # an expression of the run
_ROOTS = (
    *("$(Build.SourcesDirectory)", "$(Build.Repository.LocalPath)", "$(System.DefaultWorkingDirectory)"),
    *("$(Pipeline.Workspace)/s", "$(Agent.BuildDirectory)/s"),
)


def waits_for_a_person(job: Node) -> str:
    """Return the task at which a job waits for a person's answer, empty where none must come."""
    steps = job.get("steps")
    for step in steps.items if steps else ():
        task, late = step.get("task"), step.get("inputs", "onTimeout")
        if task is not None and task.text.startswith(_VALIDATION) and (late is None or late.text != "resume"):
            return f"task: {task.text}"
    return ""


def facts(step: Node, around: str, variables: dict[str, str], number: int) -> Iterator[Fact]:
    """Yield what one step does; one that some events leave out is a unit of its own."""
    is_step = any(step.get(key) for key in (*_SHELLS, "task"))
    off, only = limits(step) if is_step else ("", ())
    if off and not only:
        return
    unit = around
    if only:
        name = step.get("displayName")
        unit = f"{around}: {number}. {name.text if name else 'step'}"
        yield Link(line=step.line, kind="unit", target=unit, unit=around)
        yield Unit(line=step.line, name=unit, kind="step", off=off, only=only)
    if is_step:
        yield from asked(step, unit, max(part.line + part.text.count("\n") for part in step.mapping.values()))
    yield from _does(step, unit, variables)


def _does(step: Node, unit: str, variables: dict[str, str]) -> Iterator[Fact]:
    tolerated = (found := step.get("continueOnError")) is not None and found.text == "true"
    for key in _SHELLS:
        script = step.get(key)
        if script is not None:
            where = _directory(step.get("workingDirectory"), variables)
            text = _filled(script.text, variables)
            yield from shell.facts(text, _first_line(script), unit, tolerated=tolerated, directory=where)
    task = step.get("task")
    if task is not None:
        yield from _task(task, step.get("inputs"), unit, variables, tolerated=tolerated)
    yield from _artifacts(step, unit)
    container = step.get("container")
    if container is not None and container.text:
        yield Image(line=container.line, name=container.text, unit=unit)


def _artifacts(step: Node, unit: str) -> Iterator[Uses]:
    """State the short ways to write the tasks that publish and download what a run leaves."""
    for key, task in _SHORT.items():
        found = step.get(key)
        if found is not None and found.text != "none":
            artifact = {"artifact": named.text} if (named := step.get("artifact")) else {}
            yield Uses(line=found.line, name=task, arguments={"source": found.text, **artifact}, unit=unit)


def _task(task: Node, inputs: Node | None, unit: str, variables: dict[str, str], *, tolerated: bool) -> Iterator[Fact]:
    given = inputs.mapping if inputs else {}
    name = task.text.partition("@")[0].rpartition(".")[2]  # in front may stand publisher and extension
    arguments = {key: _filled(value.text, variables, later=True) for key, value in given.items()}
    yield Uses(line=task.line, name=name, arguments=arguments, unit=unit, tolerated=tolerated)
    where = _directory(given.get("workingDirectory"), variables)
    for key, value in given.items():
        if key in _SCRIPT_INPUTS:
            text = _filled(value.text, variables)
            program = "python " if name == "PythonScript" and key == "scriptPath" else ""
            yield from shell.facts(program + text, _first_line(value), unit, tolerated=tolerated, directory=where)


def handed(template: Node, unit: str, variables: dict[str, str]) -> Iterator[Fact]:
    """State what a template is given to run: texts that begin with a program."""
    given = template.get("parameters")
    for key, value in given.mapping.items() if given else ():
        program, _, rest = value.text.partition(" ")
        if rest and program in _PROGRAMS and any(part.lower().startswith(_RUN) for part in _WORD.findall(key)):
            yield from shell.facts(_filled(value.text, variables), _first_line(value), unit)


def variables(part: Node, outer: dict[str, str]) -> dict[str, str]:
    """Return the variables that a pipeline, stage or job sets to plain text or to an output, with those around it."""
    stated = part.get("variables")
    if stated is None:
        return outer
    listed = {n.text: v for item in stated.items if (n := item.get("name")) and (v := item.get("value"))}
    given = {**stated.mapping, **listed}
    told = {name: value.text for name, value in given.items() if _is_known(value.text)}
    return {**outer, **told}


def _is_known(value: str) -> bool:
    return bool(value) and ("$" not in value or value.startswith(_LATER))


def _filled(text: str, known: dict[str, str], *, later: bool = False) -> str:
    """Put in the values of variables, as the service does before any shell reads the text.

    ``later``: also where an output of another job, which the run has yet to make, comes from.
    """
    for root in _ROOTS:
        text = text.replace(f"{root}/", "")
    for name, value in known.items() if "$" in text else ():
        if later or not value.startswith(_LATER):
            for written in (f"$({name})", f"${{{{ variables.{name} }}}}", f"${{{{variables.{name}}}}}"):
                text = text.replace(written, value)
    return text


def _directory(moved: Node | None, known: dict[str, str]) -> str:
    text = _filled(moved.text, known) if moved is not None else ""
    return "" if "$" in text or text == "." else text.removeprefix("./").rstrip("/")


def _first_line(script: Node) -> int:
    return script.line + 1 if "\n" in script.text else script.line
