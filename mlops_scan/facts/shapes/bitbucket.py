"""Bitbucket Pipelines: steps with their scripts.

Source of the format: https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_EVENTS = {"default": "push", "branches": "push", "tags": "tag", "pull-requests": "pull-request", "custom": "manual"}
_BY_HAND = " by hand"


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the pipelines; each is one unit of its steps in order, up to one that a person starts."""
    pipelines = document.get("pipelines")
    if path != "bitbucket-pipelines.yml" or pipelines is None:
        return
    for section, event in _EVENTS.items():
        found = pipelines.get(section)
        named = found.mapping if found is not None and found.mapping else {"": found} if found is not None else {}
        for name, steps in named.items():
            unit = f"{section} {name}".strip()
            yield Unit(line=steps.line, name=unit, kind="job")
            yield Trigger(line=steps.line, event=event, detail=name, unit=unit)
            yield from _pipeline(steps, unit)


def _pipeline(steps: Node, unit: str) -> Iterator[Fact]:
    """Yield the steps; what follows on one that a person starts waits for that person."""
    for item in steps.items:
        if _is_manual(item) and not unit.endswith(_BY_HAND):
            unit += _BY_HAND
            yield Unit(line=item.line, name=unit, kind="job", off="trigger: manual")
        yield from _steps(item, unit)


def _is_manual(item: Node) -> bool:
    return any((found := item.get(key, "trigger")) is not None and found.text == "manual" for key in ("step", "stage"))


def _steps(item: Node, unit: str) -> Iterator[Fact]:
    parallel = item.get("parallel", "steps") or item.get("parallel") or item.get("stage", "steps")
    for inner in parallel.items if parallel else ():
        yield from _steps(inner, unit)
    script = item.get("step", "script")
    for line in script.items if script is not None else ():
        pipe = line.get("pipe")
        if pipe is not None:
            yield Uses(line=pipe.line, name=pipe.text.partition(":")[0], unit=unit)
        yield from shell.facts(line.text, line.line + ("\n" in line.text), unit)
