"""Azure Pipelines: recognised by its keys, because the file may have any name and place.

Source of the format: https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts import azure_steps
from mlops_scan.facts.azure_conditions import asked, limits, whatever_happens
from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_ROOTS = frozenset({"trigger", "pr", "pool", "stages", "jobs", "steps", "resources", "schedules", "extends"})
_TELLING = frozenset(
    {"task", "script", "bash", "pwsh", "powershell", "template", "deployment", "job", "stage", "checkout"}
)
_OTHERS = frozenset({"apiVersion", "services", "on", "$schema", "image", "orbs", "phases"})
_OPEN = frozenset("*?$")
_NAMED = ("stage", "job", "deployment")


class _Place(NamedTuple):
    """Where a pipeline stands, and the branches that its events come from; see `_branches`."""

    path: str
    branches: dict[str, tuple[str, ...]]


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the triggers, jobs and steps of a pipeline or template."""
    if not path.endswith((".yml", ".yaml")) or not _is_pipeline(document):
        return
    yield _workflow(path, document)
    yield from _triggers(document)
    variables = azure_steps.variables(document, {})
    yield from _below(_Place(path, _branches(document)), document, "", variables)


def _branches(document: Node) -> dict[str, tuple[str, ...]]:
    """Return the branches that a push or a schedule comes from, where the pipeline names all of them."""
    schedules = document.get("schedules")
    whence = {"schedule": schedules.items if schedules else (), "push": (document.get("trigger"),)}
    return {event: named for event, stated in whence.items() if (named := _named(stated))}


def _named(stated: Iterable[Node | None]) -> tuple[str, ...]:
    """Return the branches that triggers name; nothing where one may come from another, or from a tag."""
    found: list[str] = []
    for trigger in stated:
        listed = (trigger.get("branches", "include") or trigger).items if trigger else ()
        names = [item.text for item in listed]
        if trigger is None or not names or trigger.get("tags") or any(set(name) & _OPEN or not name for name in names):
            return ()
        found.extend(name.removeprefix("refs/heads/") for name in names)
    return tuple(found)


def _workflow(path: str, document: Node) -> Unit:
    """Return the pipeline under the name that others wait for: Azure keeps it, and proposes that of the file."""
    name = document.get("name")
    stem = posixpath.basename(path).rpartition(".")[0]
    alias = name.text if name is not None and name.text and "$" not in name.text else stem
    return Unit(line=document.line, name="", kind="workflow", alias=alias)


def _is_pipeline(document: Node) -> bool:
    keys = set(document.mapping)
    if not keys & _ROOTS or keys & _OTHERS:
        return False
    return any(_TELLING.intersection(part.mapping) for part in _parts(document)) or "pool" in keys


def _parts(node: Node) -> Iterator[Node]:
    """Yield the stages, jobs and steps of a part; those that a template expression may put in are put in."""
    for key in ("stages", "jobs", "steps"):
        below = node.get(key)
        for item in below.items if below else ():
            yield from _inserted(item)
    extends = node.get("extends")
    if extends is not None:
        yield extends


def _inserted(item: Node) -> Iterator[Node]:
    conditional = [value for key, value in item.mapping.items() if key.startswith("${{")]
    if not conditional:
        yield item
    for value in conditional:
        for inner in value.items:
            yield from _inserted(inner)


def _triggers(document: Node) -> Iterator[Trigger]:
    for key, event in (("trigger", "push"), ("pr", "pull-request")):
        found = document.get(key)
        if found is not None and [item.text for item in found.items] != ["none"]:
            branches = found.get("branches", "include") or found
            yield Trigger(line=found.line, event=event, detail=", ".join(item.text for item in branches.items))
        elif found is not None and event == "push":
            yield Trigger(line=found.line, event="manual")
    if document.get("trigger") is None and document.get("pool") is not None and not _is_template(document):
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


def _is_template(document: Node) -> bool:
    """Tell whether others must fill a document in: what needs no answers and has a pipeline's own parts runs alone."""
    asked = document.get("parameters")
    if asked is None:
        return False
    alone = document.get("resources") is not None or document.get("variables") is not None
    return not alone or not asked.items or any(part.get("default") is None for part in asked.items)


def _below(place: _Place, around: Node, unit: str, variables: dict[str, str]) -> Iterator[Fact]:
    """Yield everything below a pipeline, stage or job; what stands in a row waits for each other as it says."""
    parts = list(_parts(around))
    for number, part in enumerate(parts, 1):
        yield from _waiting(part, parts)
        yield from _part(place, part, unit, variables, number)


def _waiting(part: Node, beside: list[Node]) -> Iterator[Link]:
    """Yield what a stage or job waits for: what it names, and a stage that names nothing for the one before it."""
    named = _name(part)
    depends = part.get("dependsOn")
    targets = [item.text for item in depends.items] if depends else []
    before = beside[: next(number for number, other in enumerate(beside) if other is part)]
    if depends is None and part.get("stage") is not None and before:
        targets = [_name(before[-1])]
    for other in beside if named and not whatever_happens(part) else ():
        if _name(other) in targets:
            inner = (_name(job) for job in _parts(other)) if other.get("stage") is not None else ()
            for target in dict.fromkeys((_name(other), *inner)):
                if target and target != named:
                    yield Link(line=part.line, kind="after", target=target, unit=named)


def _name(part: Node) -> str:
    named = next((found for key in _NAMED if (found := part.get(key))), None)
    return (named.text or f"job {named.line}") if named is not None else ""


def _part(place: _Place, part: Node, around: str, outer: dict[str, str], number: int) -> Iterator[Fact]:
    """Yield a stage, job or step with everything below it; steps belong to the job around them."""
    unit = _name(part) or around
    if unit != around:
        off, only = limits(part, place.branches)
        line = next(found.line for key in _NAMED if (found := part.get(key)))
        yield Unit(line=line, name=unit, kind="job", off=off or azure_steps.waits_for_a_person(part), only=only)
        for inner in (unit, *filter(None, map(_name, _parts(part)))):  # a stage runs by its jobs
            yield from asked(part, inner)
        if around:
            yield Link(line=line, kind="after", target=around, unit=unit)
    variables = azure_steps.variables(part, outer)
    template = part.get("template")
    if template is not None and "@" not in template.text and "$" not in template.text:
        root = template.text.startswith("/")
        target = template.text.lstrip("/") if root else posixpath.join(posixpath.dirname(place.path), template.text)
        yield Link(line=template.line, kind="file", target=posixpath.normpath(target), unit=unit)
        yield from azure_steps.handed(part, unit, variables)
    yield from azure_steps.facts(part, unit, variables, number)
    yield from _below(place, part, unit, variables)
    for strategy in ("runOnce", "rolling", "canary"):
        for phase in ("preDeploy", "deploy", "routeTraffic", "postRouteTraffic"):
            deploy = part.get("strategy", strategy, phase)
            if deploy is not None:
                yield from _below(place, deploy, unit, variables)
