"""What ``bool(…)`` makes of things: whether anything is in them, or a key that is read as true or false."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_keys import asked_key, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    _Known = Mapping[str, tuple[str, ...]]


def flag_of(value: ast.expr, known: _Known) -> tuple[str, ...]:
    """Return the key that a value is read from as true or false: ``drifted`` of ``bool(report.get("drifted"))``."""
    if isinstance(value, ast.Name):
        return known.get(value.id, ())
    held = _held(value)
    key = key_of(held) if isinstance(held, ast.Subscript) else asked_key(held) if isinstance(held, ast.Call) else ""
    return (key,) if key else ()


def asked_for_any(value: ast.expr, gathered: _Known) -> tuple[str, ...] | None:
    """Return what was asked before anything came into what ``bool(low)`` asks."""
    held = _held(value)
    return gathered.get(held.id) if isinstance(held, ast.Name) else None


def _held(value: ast.expr) -> ast.expr | None:
    called = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "bool"
    return value.args[0] if called and isinstance(value, ast.Call) and value.args else None
