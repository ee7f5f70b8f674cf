"""Comparisons that decide what a Python program does next."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator

_ORDERING = (ast.Lt, ast.Gt, ast.LtE, ast.GtE)
_EXITS = frozenset({"exit", "_exit", "abort", "quit"})


def conditions(statement: ast.stmt, unit: str, compared: dict[str, tuple[str, ...]]) -> Iterator[Condition]:
    """Yield the condition that a statement is, if any.

    ``compared`` remembers, for this unit, names that hold the result of a comparison: ``better = new > old``
    makes ``if better:`` the same condition. It is filled here.
    """
    if isinstance(statement, ast.Assign):
        operands = _operands(statement.value, compared)
        for target in statement.targets:
            if isinstance(target, ast.Name) and operands:
                compared[target.id] = operands
    elif isinstance(statement, ast.If):
        operands = _operands(statement.test, compared)
        if operands:
            end = statement.end_lineno or statement.lineno
            yield Condition(line=statement.lineno, operands=operands, end=end, stops=_stops(statement), unit=unit)
    elif isinstance(statement, (ast.Assert, ast.Return)):
        test = statement.test if isinstance(statement, ast.Assert) else statement.value
        operands = _operands(test, compared) if test is not None else ()
        if operands:
            stops = isinstance(statement, ast.Assert)
            yield Condition(line=statement.lineno, operands=operands, end=statement.lineno, stops=stops, unit=unit)


def _operands(test: ast.expr, compared: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    found: list[str] = []
    for node in ast.walk(test):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], _ORDERING):
            for side in (node.left, *node.comparators):
                found.extend(_names(side))
        elif isinstance(node, ast.Name) and node.id in compared:
            found.extend(compared[node.id])
    return tuple(dict.fromkeys(found))


def _names(side: ast.expr) -> Iterator[str]:
    """Yield the names and string keys of one side of a comparison."""
    for node in ast.walk(side):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            yield node.slice.value


def _stops(statement: ast.If) -> bool:
    """Tell whether one branch ends the run, directly in its body."""
    return any(_ends_run(inner) for inner in (*statement.body, *statement.orelse))


def _ends_run(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise):
        return True
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    function = statement.value.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    arguments = statement.value.args
    zero = bool(arguments) and isinstance(arguments[0], ast.Constant) and arguments[0].value in (0, None)
    return name in _EXITS and not zero
