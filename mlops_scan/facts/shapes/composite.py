"""Composite and container actions: ``action.yml``, of the repository itself."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import template_root
from mlops_scan.facts.github_events import called
from mlops_scan.facts.github_steps import Around, step_facts
from mlops_scan.facts.kinds import Link, Unit

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
    root = template_root.root(path)
    around = Around(unit="steps", ways=tuple(called()), where=root, root=root)
    for number, step in enumerate(steps.items if steps else (), 1):
        yield from step_facts(step, number, around)
    image = runs.get("image")
    if image is not None and not image.text.startswith("docker://"):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), image.text))
        yield Link(line=image.line, kind="file", target=target, unit="steps")
