"""Composite and container actions: ``action.yml``, of the repository itself."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Link, Unit
from mlops_scan.facts.shapes.github import step_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_NAMES = frozenset({"action.yml", "action.yaml"})


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the steps of an action."""
    runs = document.get("runs")
    if posixpath.basename(path) not in _NAMES or runs is None:
        return
    yield Unit(line=runs.line, name="steps", kind="job")
    steps = runs.get("steps")
    for step in steps.items if steps else ():
        yield from step_facts(step, "steps", "")
    image = runs.get("image")
    if image is not None and not image.text.startswith("docker://"):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), image.text))
        yield Link(line=image.line, kind="file", target=target, unit="steps")
