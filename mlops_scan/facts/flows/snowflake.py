"""Snowflake: task graphs with their schedules, tasks with the functions that they are defined by, and own functions.

Sources: https://docs.snowflake.com/en/developer-guide/snowflake-python-api/snowflake-python-managing-tasks and
https://docs.snowflake.com/en/developer-guide/snowpark/python/creating-udfs
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Call, Fact

_GRAPH, _TASK = "snowflake.core.task.dagv1.DAG", "snowflake.core.task.dagv1.DAGTask"
_DEPLOY = ".deploy"
_CRON = "snowflake.core.task.Cron"
_SENT = ("snowflake.snowpark.functions.udf", "snowflake.snowpark.functions.pandas_udf")
_NEVER = frozenset({"", "None"})
# a task is defined by a function, or by a call of a procedure that is made of one
_DEFINED = ("definition", "definition.0", "1", "1.0")


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield the graphs and tasks of a file, and that what defines a function for Snowflake sends it there."""
    for function in stated.decorated(*_SENT):
        yield Link(function.line, "unit", function.unit, function.unit.rpartition(".")[0])
    sent = {
        stated.own(thing) for call in stated.calls if call.name.endswith(_DEPLOY) for thing in call.references.values()
    }
    cron = {
        owner: call.arguments.get("0", "")
        for call in reversed(stated.calls)
        if call.name == _CRON
        for owner in call.owners
    }
    graphs = {call.owners[-1]: call for call in stated.calls if call.name == _GRAPH and call.owners}
    for graph, made in graphs.items():
        yield Unit(made.line, graph, "pipeline")
        when = made.arguments.get("schedule", "")
        if when not in _NEVER and graph in sent:  # its schedule counts where it is sent to
            yield Trigger(made.line, "schedule", cron.get(graph) or when, graph)
    for call in stated.calls:
        if call.name == _TASK:
            yield from _task(call, graphs, stated)


def _task(call: Call, graphs: dict[str, Call], stated: Stated) -> Iterator[Fact]:
    around = (stated.own(call.references.get("dag", "")), *reversed(call.owners))
    graph = next((owner for owner in around if owner in graphs), "")
    name = f"{graph or call.unit}.{text(call.arguments, 'name', '0') or f'task:{call.line}'}"
    yield Unit(call.line, name, "stage")
    if graph:
        yield Link(call.line, "unit", name, graph)
    function = next((call.references[key] for key in _DEFINED if key in call.references), "")
    if function:
        yield Link(call.line, "function", stated.target(function), name)
