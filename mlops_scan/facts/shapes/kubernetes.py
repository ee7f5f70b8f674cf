"""Kubernetes resources, and everything that has their form (KServe, Argo, Istio, Flux, …).

Sources of the formats: https://kubernetes.io/docs/reference/kubernetes-api/ and
https://www.kubeflow.org/docs/components/pipelines/ (``ScheduledWorkflow``)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import argo_workflows, shell, workflow_templates
from mlops_scan.facts.kinds import Image, Link, Resource, Trigger, Unit
from mlops_scan.facts.node import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

MAX_LISTED = 200
# resources that only their own schedule starts, not whoever applies them
_SCHEDULED = frozenset({"CronJob", "CronWorkflow", "ScheduledWorkflow"})


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield a resource with its containers, images and schedule; a List yields its items."""
    kind, version = document.get("kind"), document.get("apiVersion")
    if kind is None or version is None or not kind.text:
        return
    items = document.get("items")
    if kind.text.endswith("List") and items is not None:
        for item in items.items[:MAX_LISTED]:
            yield from facts(path, item)
        return
    name = document.get("metadata", "name")
    unit = name.text if name else kind.text
    stated = tuple(settings(document))
    yield Resource(line=version.line, api_version=version.text, kind=kind.text, name=unit, settings=stated)
    yield from _unit(document, kind.text, unit, version.line)
    yield from _schedules(document, unit)


def _unit(document: Node, kind: str, unit: str, line: int) -> Iterator[Fact]:
    """Yield what a resource runs: its containers, and the templates of other resources that it names."""
    templates = argo_workflows.templates(document, kind)
    containers = list(_containers(document, frozenset(map(id, templates.values()))))
    named = list(workflow_templates.named(document, of_templates=not templates))
    inside = [(name, one) for name, template in templates.items() for one in _containers(template)]
    if containers or named or templates:
        only = ("schedule",) if kind in _SCHEDULED else ()
        shape = "container" if containers or inside else "pipeline"
        alias = workflow_templates.alias(kind, unit)
        off = _off(document)
        yield Unit(line=line, name=unit, kind=shape, off=off, only=() if off else only, alias=alias)
        yield from (Link(where, "name", alias, unit) for where, alias in named)
        yield from workflow_templates.events(document, kind, unit)
        for container in containers:
            yield from _container(container, unit)
        yield from argo_workflows.facts(document, kind, unit, templates)
        for name, container in inside:
            yield from _container(container, argo_workflows.within(unit, name))


def _off(document: Node) -> str:
    suspended, enabled = document.get("spec", "suspend"), document.get("spec", "enabled")
    if suspended is not None and suspended.text == "true":
        return "suspended"
    return "not enabled" if enabled is not None and enabled.text == "false" else ""


def _containers(document: Node, apart: frozenset[int] = frozenset()) -> Iterator[Node]:
    """Yield every mapping below a resource that has an image, at any depth, but for nodes that are looked at apart."""
    stack = [document]
    while stack:
        node = stack.pop()
        image = node.mapping.get("image")
        if image is not None and image.text:
            yield node
        below = node.mapping.values() if node.mapping else node.items if isinstance(node.value, tuple) else ()
        stack.extend(part for part in below if not isinstance(part.value, str) and id(part) not in apart)


def _container(container: Node, unit: str) -> Iterator[Fact]:
    image = container.mapping["image"]
    yield Image(line=image.line, name=image.text, unit=unit)
    instead = container.get("command")
    if instead is None or not instead.items:
        yield Link(line=image.line, kind="image", target=image.text, unit=unit)
    yield from workflow_templates.script(container, unit)
    parts = (container.get(key) for key in ("command", "args"))
    words = [item for part in parts if part is not None for item in part.items]
    if words:
        # a script over several lines begins below the sign that says so
        first = next((item.line + 1 for item in words if "\n" in item.text), words[0].line)
        # Python code among the words is read elsewhere
        stated = shell.commands if "python" in words[0].text else shell.facts
        yield from stated(" ".join(_quoted(item.text) for item in words), first, unit)


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'" if " " in word or "\n" in word else word


def _schedules(document: Node, unit: str) -> Iterator[Trigger]:
    spec = document.get("spec")
    for key in ("schedule", "schedules"):
        cron = spec.get(key) if spec else None
        for item in cron.items if cron else ():
            yield Trigger(line=item.line, event="schedule", detail=item.text, unit=unit)
    recurring = document.get("spec", "trigger", "cronSchedule", "cron")
    if recurring is not None and recurring.text:
        yield Trigger(line=recurring.line, event="schedule", detail=recurring.text, unit=unit)
