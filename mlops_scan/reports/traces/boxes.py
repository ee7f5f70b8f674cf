"""The places of a trace as boxes with names, and the arrows between them, for languages that draw graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.graph import Step
from mlops_scan.reports.schedules import in_words
from mlops_scan.reports.traces.branches import links, tree
from mlops_scan.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.trace import Trace

_MOST = 80


class Box(NamedTuple):
    """A place to draw: its name in the graph, what happens there, where it stands, whether a chain ends early."""

    name: str
    what: str
    place: str
    end: bool


def boxes(trace: Trace) -> tuple[list[Box], list[tuple[str, str]]]:
    """Return the boxes and the arrows between their names; a place that several chains pass is one box."""
    names: dict[Step, str] = {}
    ends: set[Step] = set()
    arrows: dict[tuple[str, str], None] = {}
    for source, target, early in _arrows(trace):
        for step in (source, target):
            names.setdefault(step, f"n{len(names)}")
        if early:
            ends.add(target)
        arrows[names[source], names[target]] = None
    found = [Box(name, visible(in_words(step.what), _MOST), _place(step), step in ends) for step, name in names.items()]
    return found, list(arrows)


def _arrows(trace: Trace) -> Iterator[tuple[Step, Step, bool]]:
    for trigger in trace.triggers:
        yield from ((source, target, False) for source, target in links(tree(trigger)))
        for end in trigger.ends:
            last = end.steps[-1]
            yield last, Step(last.path, last.line, end.reason), True


def _place(step: Step) -> str:
    return visible(f"{step.path}:{step.line}" if step.line else step.path, _MOST)
