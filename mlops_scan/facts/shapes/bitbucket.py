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


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the pipelines; each is one unit of its steps in order."""
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
            for item in steps.items:
                yield from _steps(item, unit)


def _steps(item: Node, unit: str) -> Iterator[Fact]:
    parallel = item.get("parallel", "steps") or item.get("parallel") or item.get("stage", "steps")
    for inner in parallel.items if parallel else ():
        yield from _steps(inner, unit)
    step = item.get("step")
    manual = step.get("trigger") if step else None
    script = step.get("script") if step else None
    for line in script.items if script is not None and (manual is None or manual.text != "manual") else ():
        pipe = line.get("pipe")
        if pipe is not None:
            yield Uses(line=pipe.line, name=pipe.text.partition(":")[0], unit=unit)
        yield from shell.facts(line.text, line.line + ("\n" in line.text), unit)
