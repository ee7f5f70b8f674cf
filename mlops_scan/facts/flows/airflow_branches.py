"""Tasks of Airflow whose answer decides which tasks run after them.

Source of the format: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#control-flow and
https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/python.html#shortcircuitoperator
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Call

_OPERATORS = (
    "ShortCircuitOperator",
    *("BranchPythonOperator", "BranchPythonVirtualenvOperator", "BranchExternalPythonOperator"),
)
_DECORATORS = (".task.short_circuit", ".task.branch", ".task.branch_virtualenv", ".task.branch_external_python")


def by_operator(call: Call, name: str, around: str) -> Iterator[Condition]:
    """Yield the condition that an operator is in its flow, where it is one; ``name`` is the task's."""
    if call.name.endswith(_OPERATORS):
        yield _condition(call, name, around)


def by_decorator(stated: Stated) -> Iterator[Condition]:
    """Yield the conditions that calls of deciding tasks are in the flows that call them."""
    deciding = {decorator.unit for decorator in stated.decorators if decorator.name.endswith(_DECORATORS)}
    for call in stated.calls if deciding else ():
        name = stated.own(call.name)
        if name in deciding:
            yield _condition(call, name, call.unit)


def _condition(call: Call, task: str, around: str) -> Condition:
    """Return a condition that asks a task, and on whose outcome the rest of the flow hangs."""
    asked = (task.rpartition(".")[2],)
    return Condition(line=call.line, operands=asked, end=call.line, stops="unit", unit=around)
