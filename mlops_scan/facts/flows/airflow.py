"""Airflow: DAGs with their schedules, and tasks with what they run.

Sources of the format: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html (DAGs, TaskFlow),
https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/assets.html (data-aware schedules) and
https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/trigger_dag_run.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts import shell
from mlops_scan.facts.flows import airflow_assets, airflow_branches, airflow_jobs
from mlops_scan.facts.flows.stated import address, text
from mlops_scan.facts.kinds import Image, Link, Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Call, Command, Decorator, Fact

_DAGS = frozenset({"airflow.DAG", "airflow.sdk.DAG", "airflow.models.DAG", "airflow.models.dag.DAG"})
_DAG_DECORATORS = ("airflow.decorators.dag", "airflow.sdk.dag")
_TASK_DECORATORS = ("airflow.decorators.task", "airflow.sdk.task", "airflow.decorators.python.task")
_SCHEDULES = ("schedule", "schedule_interval", "timetable")
# no schedule, or one run and no more
_NEVER = frozenset({"", "None", "@once"})
_PROVIDERS = ("airflow.providers.", "airflow.contrib.")
_OPERATORS = ("Operator", "Sensor")
_COMMANDS = ("bash_command", "command", "cmds", "arguments")


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield the DAGs and tasks of a file."""
    if "airflow" not in stated.imports:
        return
    dags: dict[str, Call | Decorator] = {
        call.owners[-1]: call for call in stated.calls if call.name in _DAGS and call.owners
    }
    dags.update({decorator.unit: decorator for decorator in stated.decorated(*_DAG_DECORATORS)})
    for node, made in dags.items():
        yield from _dag(node, made, stated)
    for decorator in stated.decorators:
        if decorator.name.startswith(_TASK_DECORATORS) and not decorator.name.startswith(_DAG_DECORATORS):
            yield Unit(line=decorator.line, name=decorator.unit, kind="stage")
    groups = frozenset(call.owners[-1] for call in stated.calls if call.name.endswith(".TaskGroup") and call.owners)
    tasks: dict[int, airflow_branches.Task] = {}
    # a task that names no DAG is of that with whose tasks it is joined
    only = next(iter(dags)) if len(dags) == 1 else ""
    for number, call in enumerate(stated.calls):
        if _is_operator(call) or _is_own_operator(call):
            dag = _dag_of(call, stated, dags) or only
            name = _name(call, dag, frozenset(dags) | groups)
            tasks[number] = airflow_branches.Task(call, name, dag or call.unit)
            yield from _task(call, name, dag or call.unit, stated)
    yield from _operators(stated)
    deciding = (*airflow_branches.by_operator(tasks.values(), stated), *airflow_branches.by_decorator(stated))
    yield from deciding
    yield from airflow_branches.on_earlier(deciding, tasks.values())
    yield from airflow_assets.linked(stated, dags, {number: task.name for number, task in tasks.items()})


def _dag(node: str, made: Call | Decorator, stated: Stated) -> Iterator[Fact]:
    arguments = made.arguments
    identifier = address(made, "dag_id", "0") or node.rpartition(".")[2]
    off = "paused upon creation" if arguments.get("is_paused_upon_creation") == "True" else ""
    yield Unit(line=made.line, name=node, kind="pipeline", off=off, alias=identifier)
    said = next((arguments[key] for key in _SCHEDULES if key in arguments), "")
    # a function that makes DAGs is told when by those who call it
    told = stated.given(made.unit, said[1:]) if said[:1] == "." else (said,)
    when = next((each for each in told if each not in _NEVER and not each.startswith((".", "…"))), "")
    if when and not airflow_assets.waits(made):
        yield Trigger(line=made.line, event="schedule", detail=when, unit=node)


def _is_operator(call: Call) -> bool:
    return call.name.startswith("airflow.") and call.name.endswith(_OPERATORS)


def _is_own_operator(call: Call) -> bool:
    """Tell whether a call makes a task of a class that the repository defines itself."""
    own = not call.name.startswith(("airflow.", "."))
    return own and call.name.endswith(_OPERATORS) and "task_id" in call.arguments


def _dag_of(call: Call, stated: Stated, dags: dict[str, Call | Decorator]) -> str:
    """Return the DAG that a task belongs to: the one given to it, the one around it, or the function that is one."""
    given = stated.own(call.references.get("dag", ""))
    around = (given, *reversed(call.owners), call.unit)
    return next((node for node in around if node in dags), "")


def _name(call: Call, dag: str, containers: frozenset[str]) -> str:
    """Return a task's name: that of the object that holds it, else of its DAG and its own id."""
    made = [owner for owner in call.owners if owner not in containers]
    inside = f"{dag or call.unit}." if dag or call.unit else ""
    return made[-1] if made else inside + (text(call.arguments, "task_id", "0") or f"task:{call.line}")


def _task(call: Call, name: str, around: str, stated: Stated) -> Iterator[Fact]:
    yield Unit(line=call.line, name=name, kind="stage")
    if around:
        yield Link(line=call.line, kind="unit", target=name, unit=around)
    own = call.name if _is_own_operator(call) else ""
    for function in filter(None, (own, call.references.get("python_callable", ""))):
        yield Link(line=call.line, kind="function", target=stated.target(function), unit=name)
    other = address(call, "trigger_dag_id")
    if other:
        yield Link(line=call.line, kind="name", target=other, unit=name)
    if call.name.startswith(_PROVIDERS):
        yield Uses(line=call.line, name=f"airflow:{call.name.rpartition('.')[2]}", unit=name)
    yield from airflow_jobs.started(call, name)
    commands = list(_commands(call, name))
    yield from commands
    image = text(call.arguments, "image")
    if image:
        yield Image(line=call.line, name=image, unit=name)
        if not commands:
            yield Link(line=call.line, kind="image", target=image, unit=name)


def _commands(call: Call, name: str) -> Iterator[Command]:
    given = " ".join(call.arguments[key] for key in _COMMANDS if key in call.arguments)
    for command in shell.commands(given, call.line, name):
        yield msgspec.structs.replace(command, line=call.line)


def _operators(stated: Stated) -> Iterator[Fact]:
    """Link operators that the repository defines itself to what they execute."""
    for operator in stated.classes:
        if any(base.endswith("Operator") for base in operator.bases):
            for unit in (operator.name, f"{operator.name}.__init__"):
                yield Link(line=operator.line, kind="unit", target=f"{operator.name}.execute", unit=unit)
