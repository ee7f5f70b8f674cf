"""Tables of jobs in settings: Celery beat's, Flask-APScheduler's and django-crontab's, each job with its schedule.

Sources of the formats: https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#entries,
https://viniciuschiele.github.io/flask-apscheduler/rst/usage.html and https://github.com/kraiz/django-crontab
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Link, Trigger, Unit
from mlops_scan.facts.text import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

_TABLES = frozenset({"beat_schedule", "CELERY_BEAT_SCHEDULE", "CELERYBEAT_SCHEDULE"})
# lists of jobs: of dicts that name the function and its trigger, and of tuples of when and which function
_JOBS, _CRONJOBS = frozenset({"JOBS", "SCHEDULER_JOBS"}), "CRONJOBS"
_COMES_AGAIN = frozenset({"cron", "interval"})
_MOST_TEXT = 100


def facts(statement: ast.stmt) -> Iterator[Fact]:
    """Yield the entries of a table that a statement assigns, or hands to a call."""
    for name, value in _named(statement):
        if name in _TABLES and isinstance(value, ast.Dict):
            for key, entry in zip(value.keys, value.values, strict=True):
                if isinstance(entry, ast.Dict):
                    yield from _entry(f"beat {_text(key)}", entry)
        elif isinstance(value, (ast.List, ast.Tuple)) and (name in _JOBS or name == _CRONJOBS):
            for item in value.elts:
                yield from _job(item) if name in _JOBS else _cronjob(item)


def _named(statement: ast.stmt) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(statement, ast.Assign):
        yield from (
            (getattr(target, "id", getattr(target, "attr", "")), statement.value) for target in statement.targets
        )
    elif isinstance(statement, ast.AnnAssign):
        yield getattr(statement.target, "id", ""), statement.value
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Call):
        yield from ((keyword.arg or "", keyword.value) for keyword in value.keywords)


def _job(item: ast.expr) -> Iterator[Fact]:
    """Yield a job that a dict describes: ``{"func": "module:function", "trigger": "interval", "hours": 24}``."""
    said = _said(item)
    trigger = said.get("trigger")
    inner = _said(trigger)
    when = _text(inner.get("type")) or _text(trigger)
    function = _text(said.get("func"))
    if when in _COMES_AGAIN and ":" in function:
        yield from _stated(item.lineno, when, function)


def _cronjob(item: ast.expr) -> Iterator[Fact]:
    """Yield a job that a tuple describes: ``("0 3 * * *", "module.function")``."""
    when, name = [*map(_text, item.elts[:2]), "", ""][:2] if isinstance(item, (ast.Tuple, ast.List)) else ("", "")
    module, _, function = name.rpartition(".")
    if when and module:
        yield from _stated(item.lineno, when, f"{module}:{function}")


def _stated(line: int, when: str, function: str) -> Iterator[Fact]:
    unit = f"job {line}"
    yield Unit(line=line, name=unit, kind="deployment")
    yield Trigger(line=line, event="schedule", detail=when, unit=unit)
    yield Link(line=line, kind="function", target=function, unit=unit)


def _entry(unit: str, entry: ast.Dict) -> Iterator[Fact]:
    said = _said(entry)
    task = _text(said.get("task"))
    if task:
        line = said["task"].lineno
        yield Unit(line=entry.lineno, name=unit, kind="deployment")
        if "schedule" in said:
            when = whole(ast.unparse(said["schedule"]))[:_MOST_TEXT]
            yield Trigger(line=said["schedule"].lineno, event="schedule", detail=when, unit=unit)
        yield Link(line=line, kind="name", target=task, unit=unit)


def _said(node: ast.expr | None) -> dict[str, ast.expr]:
    if not isinstance(node, ast.Dict):
        return {}
    return {_text(key): value for key, value in zip(node.keys, node.values, strict=True)}


def _text(node: ast.expr | None) -> str:
    return whole(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
