"""Compose files: services, what they are built from and what they run.

Source of the format: https://docs.docker.com/reference/compose-file/
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.dockerfile import filled
from mlops_scan.facts.kinds import Copied, Image, Link, Resource, Unit
from mlops_scan.facts.node import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_HERE = {"PWD": posixpath.curdir}
_KEYS = frozenset({"image", "build", "command", "ports", "container_name", "depends_on", "volumes"})


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the services of a compose file."""
    services = document.get("services")
    if services is None or path.startswith(".github/") or document.get("jobs") is not None:
        return
    for name, service in services.mapping.items():
        if _KEYS.intersection(service.mapping):
            yield from _service(path, name, service)


def _service(path: str, name: str, service: Node) -> Iterator[Fact]:
    yield Unit(line=service.line, name=name, kind="service")
    yield Resource(
        line=service.line, api_version="compose", kind="service", name=name, settings=tuple(settings(service))
    )
    image = service.get("image")
    if image is not None:
        yield Image(line=image.line, name=image.text, unit=name)
        yield Link(line=image.line, kind="image", target=image.text, unit=name)
    build = service.get("build")
    if build is not None:
        yield Link(line=build.line, kind="file", target=_dockerfile(path, build), unit=name)
    yield from _mounted(name, service)
    waits = service.get("depends_on")
    for other in (*waits.mapping, *(item.text for item in waits.items)) if waits else ():
        yield Link(line=waits.line if waits else 0, kind="after", target=other, unit=name)
    for key in ("entrypoint", "command"):
        part = service.get(key)
        if part is not None:
            text = _unescaped(part.text) or " ".join(_quoted(item.text) for item in part.items)
            yield from shell.facts(text, part.line, name, directory=posixpath.dirname(path))


def _mounted(name: str, service: Node) -> Iterator[Copied]:
    """Yield what a service sees of the repository: ``./src:/app``, or the same said with keys."""
    volumes = service.get("volumes")
    for volume in volumes.items if volumes is not None else ():
        written, _, rest = filled(volume.text, _HERE).partition(":")
        source, target = (
            (filled(volume.said("source"), _HERE), volume.said("target")) if volume.mapping else (written, rest)
        )
        target = target.partition(":")[0]
        if source.startswith(".") and target.startswith("/"):
            yield Copied(volume.line, source, posixpath.normpath(target), name)


def _unescaped(text: str) -> str:
    """Return a command without the backslash at what was the end of a line: Compose takes it off inside quotes too."""
    return text.replace("\\ ", " ")


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'" if " " in word else word


def _dockerfile(path: str, build: Node) -> str:
    """Return the path of a service's Dockerfile, from the repository root."""
    context = build.text or (found.text if (found := build.get("context")) else ".")
    named = build.get("dockerfile")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), context, named.text if named else "Dockerfile"))
