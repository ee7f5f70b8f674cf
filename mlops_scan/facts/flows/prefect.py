"""Prefect: flows and tasks, deployments with their schedules, and who runs a deployment by name.

Sources of the format: https://docs.prefect.io/v3/how-to-guides/deployments/create-schedules (serve, deploy),
https://docs.prefect.io/v3/api-ref/python/prefect-deployments-flow_runs (``run_deployment``),
https://docs-2.prefect.io/latest/concepts/deployments/ (``build_from_flow``) and
https://docs-v1.prefect.io/core/concepts/schedules.html (``Flow(schedule=)``)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Call, Fact

_FLOWS = ("prefect.flow", "prefect.flows.flow")
_TASKS = ("prefect.task", "prefect.tasks.task")
_METHODS = (".serve", ".deploy", ".to_deployment")
_FUNCTIONS = (".build_from_flow", ".DeploymentSpec", ".RunnerDeployment.from_flow", ".RunnerDeployment.from_entrypoint")
_WHEN = ("cron", "interval", "rrule", "schedule", "schedules")
_SCHEDULES = (".Cron", ".Interval", ".RRule", ".CronSchedule", ".IntervalSchedule", ".RRuleSchedule")
# arguments by which a deployment is told even where the file imports no Prefect
_TELLING = frozenset({"cron", "rrule", "work_pool_name"})
_INTERVAL = "datetime.timedelta"
_TOGETHER = frozenset({"name", "interval"})


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield the flows, tasks and deployments of a file."""
    titles = {flow.unit: text(flow.arguments, "name") or _title(flow.unit) for flow in stated.decorated(*_FLOWS)}
    for flow in stated.decorated(*_FLOWS):
        yield Unit(line=flow.line, name=flow.unit, kind="pipeline")
    for task in stated.decorated(*_TASKS):
        yield Unit(line=task.line, name=task.unit, kind="stage")
    for number, call in enumerate(stated.calls):
        if call.name.startswith("prefect.") and call.name.endswith(".Flow") and call.owners:
            yield Unit(line=call.line, name=call.owners[-1], kind="pipeline")
            yield from _schedule(call, call.owners[-1], stated.calls[number + 1 :])
        elif _is_deployment(call, stated):
            yield from _deployment(call, number, stated, titles)
        elif call.name.startswith("prefect.") and call.name.endswith(".run_deployment"):
            name = text(call.arguments, "name", "0")
            if name:
                yield Link(line=call.line, kind="name", target=name, unit=call.unit)


def _title(function: str) -> str:
    """Return the name of a flow that is given none: its function's, with hyphens."""
    return function.rpartition(".")[2].replace("_", "-")


def _is_deployment(call: Call, stated: Stated) -> bool:
    if call.name.startswith("prefect.") and call.name.endswith(_FUNCTIONS):
        return True
    told = not _TELLING.isdisjoint(call.arguments) or call.arguments.keys() >= _TOGETHER
    known = "prefect" in stated.imports or told
    return known and call.name.endswith(_METHODS) and not call.name.startswith(".") and call.name != "prefect.serve"


def _deployment(call: Call, number: int, stated: Stated, titles: dict[str, str]) -> Iterator[Fact]:
    """Yield a deployment with its flow and schedule; other files know it as ``flow/deployment``."""
    target = _flow(call, stated)
    title = titles.get(stated.own(target), "")
    first = "1" if call.name.endswith(".build_from_flow") else "0"
    name = text(call.arguments, "name", first) or "default"
    alias = f"{title}/{name}" if title else name
    called = target.rpartition(":")[2].removesuffix(".py").rpartition("/")[2]
    unit = f"{title or _title(called)}/{name}"
    yield Unit(line=call.line, name=unit, kind="deployment", alias=alias)
    if target.endswith(".py"):
        yield Link(line=call.line, kind="file", target=target, unit=unit)
    elif target:
        yield Link(line=call.line, kind="function", target=stated.target(target), unit=unit)
    yield from _schedule(call, unit, stated.calls[number + 1 :])


def _flow(call: Call, stated: Stated) -> str:
    """Return the flow of a deployment: a dotted name, ``path.py:function``, or a path."""
    if call.name.endswith(_FUNCTIONS):
        entry = text(call.arguments, "flow_location", "entrypoint")
        return entry or call.references.get("flow", call.references.get("0", ""))
    flow = call.name.rpartition(".")[0]
    if flow.endswith(".from_source"):
        inner = (other for other in stated.calls if other.name == flow and other.line == call.line)
        entry = next((text(other.arguments, "entrypoint", "1") for other in inner), "")
        flow = entry or flow.removesuffix(".from_source")
    return flow.removesuffix(".with_options")


def _schedule(call: Call, unit: str, following: tuple[Call, ...]) -> Iterator[Trigger]:
    """Yield the schedule that a deployment is given, unless it waits for a person to switch it on."""
    if call.arguments.get("paused") == "True" or call.arguments.get("is_schedule_active") == "False":
        return
    key = next((key for key in _WHEN if call.arguments.get(key, "None") not in {"None", ""}), "")
    when = call.arguments.get(key, "")
    if not key or when.startswith("."):
        return
    inside = next((other for other in following if other.name.endswith(_SCHEDULES)), None)
    if when.startswith("prefect.") and inside is not None and key in {"schedule", "schedules"}:
        if inside.arguments.get("active") == "False":
            return
        when = text(inside.arguments, "cron", "interval", "rrule", "0") or when
    yield Trigger(line=call.line, event="schedule", detail=_every(when, following), unit=unit)


def _every(when: str, following: tuple[Call, ...]) -> str:
    """Return an interval as it is written: ``timedelta(days=7)`` is every 7 days."""
    length = next((other for other in following if other.name == when), None) if when == _INTERVAL else None
    parts = [f"{value} {unit}" for unit, value in length.arguments.items() if unit.isalpha()] if length else []
    return f"every {' '.join(parts)}" if parts else when
