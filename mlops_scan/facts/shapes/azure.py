"""Azure Pipelines: recognised by its keys, because the file may have any name and place.

Source of the format: https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Image, Link, Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_ROOTS = frozenset({"trigger", "pr", "pool", "stages", "jobs", "steps", "resources", "schedules", "extends"})
_TELLING = frozenset(
    {"task", "script", "bash", "pwsh", "powershell", "template", "deployment", "job", "stage", "checkout"}
)
_SHELLS = ("script", "bash", "pwsh", "powershell")
_SCRIPT_INPUTS = frozenset({"script", "inlineScript", "scriptPath", "arguments"})
_OTHERS = frozenset({"apiVersion", "services", "on", "$schema", "image", "orbs", "phases"})


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the triggers, jobs and steps of a pipeline or template."""
    if not path.endswith((".yml", ".yaml")) or not _is_pipeline(document):
        return
    yield from _triggers(document)
    for part in _parts(document):
        yield from _part(path, part)


def _is_pipeline(document: Node) -> bool:
    keys = set(document.mapping)
    if not keys & _ROOTS or keys & _OTHERS:
        return False
    return any(_TELLING.intersection(part.mapping) for part in _parts(document)) or "pool" in keys


def _parts(node: Node) -> Iterator[Node]:
    for key in ("stages", "jobs", "steps"):
        below = node.get(key)
        yield from below.items if below else ()
    extends = node.get("extends")
    if extends is not None:
        yield extends


def _triggers(document: Node) -> Iterator[Trigger]:
    for key, event in (("trigger", "push"), ("pr", "pull-request")):
        found = document.get(key)
        if found is not None and [item.text for item in found.items] != ["none"]:
            branches = found.get("branches", "include") or found
            yield Trigger(line=found.line, event=event, detail=", ".join(item.text for item in branches.items))
    if document.get("trigger") is None and document.get("parameters") is None and document.get("pool") is not None:
        yield Trigger(line=document.line, event="push", detail="any branch")
    schedules = document.get("schedules")
    for schedule in schedules.items if schedules else ():
        cron = schedule.get("cron")
        if cron is not None:
            yield Trigger(line=cron.line, event="schedule", detail=cron.text)
    upstream = document.get("resources", "pipelines")
    for pipeline in upstream.items if upstream else ():
        trigger, source = pipeline.get("trigger"), pipeline.get("source")
        if trigger is not None and trigger.text != "none":
            yield Trigger(line=trigger.line, event="upstream", detail=source.text if source else "")


def _part(path: str, part: Node, unit: str = "") -> Iterator[Fact]:
    """Yield a stage, job or step with everything below it; steps belong to the job around them."""
    named = next((found for key in ("stage", "job", "deployment") if (found := part.get(key))), None)
    if named is not None:
        condition = part.get("condition")
        off = "condition: false" if condition is not None and condition.text.lower() in {"false", "false()"} else ""
        unit = named.text or f"job {named.line}"
        yield Unit(line=named.line, name=unit, kind="job", off=off)
    template = part.get("template")
    if template is not None and "@" not in template.text:
        root = template.text.startswith("/")
        target = template.text.lstrip("/") if root else posixpath.join(posixpath.dirname(path), template.text)
        yield Link(line=template.line, kind="file", target=posixpath.normpath(target), unit=unit)
    yield from _step(part, unit)
    for below in _parts(part):
        yield from _part(path, below, unit)
    for strategy in ("runOnce", "rolling", "canary"):
        deploy = part.get("strategy", strategy, "deploy")
        for below in _parts(deploy) if deploy else ():
            yield from _part(path, below, unit)


def _step(step: Node, unit: str) -> Iterator[Fact]:
    tolerated = (found := step.get("continueOnError")) is not None and found.text == "true"
    moved = step.get("workingDirectory")
    directory = moved.text if moved is not None and "$" not in moved.text else ""
    for key in _SHELLS:
        script = step.get(key)
        if script is not None:
            yield from shell.commands(script.text, _first_line(script), unit, tolerated=tolerated, directory=directory)
    task = step.get("task")
    if task is not None:
        inputs = step.get("inputs")
        given = inputs.mapping if inputs else {}
        arguments = {name: value.text for name, value in given.items()}
        yield Uses(
            line=task.line, name=task.text.partition("@")[0], arguments=arguments, unit=unit, tolerated=tolerated
        )
        for key, value in given.items():
            if key in _SCRIPT_INPUTS:
                yield from shell.commands(value.text, _first_line(value), unit, tolerated=tolerated)
    container = step.get("container")
    if container is not None and container.text:
        yield Image(line=container.line, name=container.text, unit=unit)


def _first_line(script: Node) -> int:
    return script.line + 1 if "\n" in script.text else script.line
