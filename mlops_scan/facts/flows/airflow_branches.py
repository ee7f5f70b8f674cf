"""Tasks of Airflow whose answer decides which tasks run after them.

Source of the format: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#control-flow and
https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/python.html#shortcircuitoperator
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Condition
from mlops_scan.facts.python_outcomes import MOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Call

_OPERATORS = (
    "ShortCircuitOperator",
    *("BranchPythonOperator", "BranchPythonVirtualenvOperator", "BranchExternalPythonOperator"),
)
_DECORATORS = (".task.short_circuit", ".task.branch", ".task.branch_virtualenv", ".task.branch_external_python")


_PULLS = ".xcom_pull"
_STARTS = "TriggerDagRunOperator"


class Task(NamedTuple):
    """A task that an operator makes: its name, and what describes it (a DAG, or the code around)."""

    call: Call
    name: str
    around: str


def by_operator(tasks: Iterable[Task], stated: Stated) -> Iterator[Condition]:
    """Yield the conditions that operators are in their flows, by their own tasks and those whose answers these pull."""
    every = tuple(tasks)
    deciding = [task for task in every if task.call.name.endswith(_OPERATORS)]
    known = {text(task.call.arguments, "task_id", "0"): task for task in every} if deciding else {}
    pulled = _pulled(stated) if deciding else {}
    for call, name, around in deciding:
        yield _condition(call, name, around)
        ids = pulled.get(stated.own(call.references.get("python_callable", "")), ())
        parts = (part for each in ids if each in known for part in _answering(known[each], stated))
        asked = tuple(itertools.islice(parts, MOST))
        if asked:
            yield Condition(call.line, asked, call.line, "unit", around, bare=True)


def _pulled(stated: Stated) -> dict[str, list[str]]:
    """Return the tasks whose answers functions pull, by their ids; inside a group the last part is the task's own."""
    found: dict[str, list[str]] = defaultdict(list)
    for call in stated.calls:
        if call.name.endswith(_PULLS):
            named = call.arguments.get("task_ids", call.arguments.get("0", ""))
            found[call.unit].extend(each.rpartition(".")[2] for each in named.split(" "))
    return found


def _answering(task: Task, stated: Stated) -> Iterator[str]:
    """Yield how others call a task: by what holds it, and by the function whose answer is its own."""
    yield task.name.rpartition(".")[2]
    function = stated.own(task.call.references.get("python_callable", ""))
    yield from (function,) if function else ()


def by_decorator(stated: Stated) -> Iterator[Condition]:
    """Yield the conditions that calls of deciding tasks are in the flows that call them."""
    deciding = {decorator.unit for decorator in stated.decorators if decorator.name.endswith(_DECORATORS)}
    for call in stated.calls if deciding else ():
        name = stated.own(call.name)
        if name in deciding:
            yield _condition(call, name, call.unit)


def on_earlier(deciding: Iterable[Condition], tasks: Iterable[Task]) -> Iterator[Condition]:
    """Yield the conditions on what starts other DAGs and is written before the task that decides in its flow.

    Tasks run in the order in which they are joined, wherever they are made.
    """
    starting: dict[str, list[Call]] = defaultdict(list)
    for call, _, around in tasks:
        if call.name.endswith(_STARTS):
            starting[around].append(call)
    for found in deciding:
        for call in starting.get(found.unit, ()):
            if call.line < found.line:
                yield msgspec.structs.replace(found, line=call.line, end=call.line, stops="")


def _condition(call: Call, task: str, around: str) -> Condition:
    """Return a condition that asks a task, and on whose outcome the rest of the flow hangs."""
    asked = (task.rpartition(".")[2],)
    return Condition(line=call.line, operands=asked, end=call.line, stops="unit", unit=around)
