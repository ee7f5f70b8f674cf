"""Celery beat: a table of names, each with the task to start and when.

Source of the format: https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#entries
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
_MOST_TEXT = 100


def facts(statement: ast.stmt) -> Iterator[Fact]:
    """Yield the entries of a table that a statement assigns, or hands to a call."""
    for table in _tables(statement):
        for key, entry in zip(table.keys, table.values, strict=True):
            if isinstance(entry, ast.Dict):
                yield from _entry(f"beat {_text(key)}", entry)


def _tables(statement: ast.stmt) -> Iterator[ast.Dict]:
    named: list[tuple[str, ast.expr | None]] = []
    if isinstance(statement, ast.Assign):
        named = [(getattr(target, "id", getattr(target, "attr", "")), statement.value) for target in statement.targets]
    elif isinstance(statement, ast.AnnAssign):
        named = [(getattr(statement.target, "id", ""), statement.value)]
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Call):
        named.extend((keyword.arg or "", keyword.value) for keyword in value.keywords)
    yield from (value for name, value in named if name in _TABLES and isinstance(value, ast.Dict))


def _entry(unit: str, entry: ast.Dict) -> Iterator[Fact]:
    said = {_text(key): value for key, value in zip(entry.keys, entry.values, strict=True)}
    task = _text(said.get("task"))
    if task:
        line = said["task"].lineno
        yield Unit(line=entry.lineno, name=unit, kind="deployment")
        if "schedule" in said:
            when = whole(ast.unparse(said["schedule"]))[:_MOST_TEXT]
            yield Trigger(line=said["schedule"].lineno, event="schedule", detail=when, unit=unit)
        yield Link(line=line, kind="name", target=task, unit=unit)


def _text(node: ast.expr | None) -> str:
    return whole(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
