"""Orchestrators that make an object of a class and call its methods: Metaflow's flows and Luigi's tasks.

Sources of the formats: https://docs.metaflow.org/metaflow/basics,
https://docs.metaflow.org/production/event-triggering/flow-events (``trigger_on_finish``) and
https://luigi.readthedocs.io/en/stable/tasks.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Definition, Fact

_LUIGI_METHODS = ("requires", "run")


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield the flows and tasks that are classes."""
    for found in stated.classes:
        if "metaflow.FlowSpec" in found.bases:
            yield Unit(line=found.line, name=found.name, kind="pipeline", alias=found.name)
            yield from _calls(found, ("start",))
        elif any(base.startswith("luigi.") and base.endswith("Task") for base in found.bases):
            yield Unit(line=found.line, name=found.name, kind="stage", alias=found.name)
            yield from _calls(found, _LUIGI_METHODS)
    for decorator in stated.decorated("metaflow.trigger_on_finish"):
        for name in text(decorator.arguments, "flow", "flows").split(" "):
            if name:
                yield Link(line=decorator.line, kind="upon", target=name.rpartition(".")[2], unit=decorator.unit)
    for decorator in stated.decorated("metaflow.trigger"):
        for name in text(decorator.arguments, "event", "events").split(" "):
            yield Trigger(line=decorator.line, event="event", detail=name, unit=decorator.unit)


def _calls(found: Definition, methods: tuple[str, ...]) -> Iterator[Link]:
    """Link a class, and its constructor, to the methods that the tool calls."""
    for unit in (found.name, f"{found.name}.__init__"):
        for method in methods:
            yield Link(line=found.line, kind="unit", target=f"{found.name}.{method}", unit=unit)
