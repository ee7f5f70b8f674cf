"""Kubernetes resources, and everything that has their form (KServe, Argo, Istio, Flux, …).

Source of the format: https://kubernetes.io/docs/reference/kubernetes-api/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Image, Link, Resource, Trigger, Unit
from mlops_scan.facts.node import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

MAX_LISTED = 200


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
    containers = list(_containers(document))
    if containers:
        suspended = document.get("spec", "suspend")
        off = "suspended" if suspended is not None and suspended.text == "true" else ""
        yield Unit(line=version.line, name=unit, kind="container", off=off)
        for container in containers:
            yield from _container(container, unit)
    yield from _schedules(document, unit)


def _containers(document: Node) -> Iterator[Node]:
    """Yield every mapping below a resource that has an image, at any depth."""
    stack = [document]
    while stack:
        node = stack.pop()
        image = node.mapping.get("image")
        if image is not None and image.text:
            yield node
        below = node.mapping.values() if node.mapping else node.items if isinstance(node.value, tuple) else ()
        stack.extend(part for part in below if not isinstance(part.value, str))


def _container(container: Node, unit: str) -> Iterator[Fact]:
    image = container.mapping["image"]
    yield Image(line=image.line, name=image.text, unit=unit)
    yield Link(line=image.line, kind="image", target=image.text, unit=unit)
    parts = (container.get(key) for key in ("command", "args"))
    words = [item for part in parts if part is not None for item in part.items]
    if words:
        text = " ".join(_quoted(item.text) for item in words)
        for command in shell.commands(text, words[0].line, unit):
            yield msgspec.structs.replace(command, line=max(words[0].line, command.line))


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'" if " " in word or "\n" in word else word


def _schedules(document: Node, unit: str) -> Iterator[Trigger]:
    spec = document.get("spec")
    for key in ("schedule", "schedules"):
        cron = spec.get(key) if spec else None
        for item in cron.items if cron else ():
            yield Trigger(line=item.line, event="schedule", detail=item.text, unit=unit)
