"""Schedulers inside a running process: APScheduler, schedule, Celery's tasks, timers that start themselves again.

Sources of the formats: https://apscheduler.readthedocs.io/en/3.x/userguide.html,
https://schedule.readthedocs.io/en/stable/ and https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Call, Fact

# a job without a trigger, or of a date, runs once
_ONCE = frozenset({"", "None", "date"})
_ONCE_TRIGGER = ".DateTrigger"
# how a Celery application is called that another module makes
_TASKS = (".app.task", ".celery.task", ".celery_app.task")
_TRIGGERS = frozenset({"cron", "interval"})
# started again by what it runs, a timer comes again
_TIMER = "threading.Timer"
_REPEATED = frozenset({"flask_apscheduler.APScheduler.task"})


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield the jobs that a file schedules, and its Celery tasks under the names that they are scheduled by."""
    for call in stated.calls:
        yield from _called(call, stated)
    for decorator in stated.decorators:
        if decorator.name in _REPEATED or _is_scheduled(decorator.name):
            when = text(decorator.arguments, "trigger", "0")
            if _comes_again(when):
                yield Trigger(line=decorator.line, event="schedule", detail=when, unit=decorator.unit)
        elif decorator.name == "celery.shared_task" or _is_task(decorator.name, stated):
            name = text(decorator.arguments, "name")
            if name:
                yield Unit(line=decorator.line, name=decorator.unit, kind="stage", alias=name)


def _called(call: Call, stated: Stated) -> Iterator[Fact]:
    if call.name.endswith((".add_job", ".add_schedule")):
        when = call.arguments.get("trigger", call.arguments.get("1", ""))
        known = (
            call.name.startswith(("apscheduler.", "flask_apscheduler."))
            or when in _TRIGGERS
            or when.startswith("apscheduler.")
        )
        if known and _comes_again(when):
            yield from _job(call, when, stated, "func", "0")
    elif call.name.startswith("schedule.every") and call.name.endswith(".do"):
        yield from _job(call, call.name.removesuffix(".do"), stated, "0", "1", "job_func")
    elif call.name == _TIMER and stated.own(text(call.references, "1", "function")) == call.unit != "":
        yield Trigger(line=call.line, event="schedule", detail=text(call.arguments, "0", "interval"), unit=call.unit)
    elif call.name.endswith(".add_periodic_task") and "celery" in stated.imports:
        yield from _job(call, text(call.arguments, "0", "schedule"), stated, "1", "sig")


def _is_scheduled(name: str) -> bool:
    return name.startswith("apscheduler.") and name.endswith(".scheduled_job")


def _comes_again(when: str) -> bool:
    """Tell whether APScheduler's trigger is known, and starts a job more than once."""
    return when not in _ONCE and not when.endswith(_ONCE_TRIGGER) and not when.startswith(".")


def _is_task(name: str, stated: Stated) -> bool:
    return name.endswith(_TASKS) or (name.endswith(".task") and "celery" in stated.imports)


def _job(call: Call, when: str, stated: Stated, *keys: str) -> Iterator[Fact]:
    """Yield a scheduled job with the function that it is handed, by name or by text, or that it calls by itself."""
    unit = f"job:{call.line}"
    yield Unit(line=call.line, name=unit, kind="deployment")
    yield Trigger(line=call.line, event="schedule", detail=when, unit=unit)
    handed = {key: name for key, name in call.references.items() if key.partition(".")[0] in keys}
    for name in handed.values():
        yield Link(line=call.line, kind="function", target=stated.target(name), unit=unit)
    named = text(call.arguments, *keys)
    if not handed and ":" in named:
        yield Link(line=call.line, kind="function", target=named, unit=unit)
    elif not handed:
        inside = (other for other in stated.calls if other.line == call.line and other.unit == call.unit)
        for name in dict.fromkeys(
            other.name for other in inside if other is not call and not other.name.startswith(".")
        ):
            yield Link(line=call.line, kind="function", target=stated.target(name), unit=unit)
