"""Comparisons that decide what a Python program does next."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator

_ORDERING = (ast.Lt, ast.Gt, ast.LtE, ast.GtE)
_EXITS = frozenset({"exit", "_exit", "abort", "quit"})
Compared = dict[str, tuple[str, ...]]


def conditions(statement: ast.stmt, unit: str, compared: Compared) -> Iterator[Condition]:
    """Yield the condition that a statement is, if any.

    ``compared`` remembers, for this unit, names that hold the outcome of a comparison or of a call:
    ``better = new > old`` makes ``if better:`` the same condition. It is filled here.
    """
    if isinstance(statement, ast.Assign):
        _remember(statement, compared)
        return
    if isinstance(statement, ast.If):
        operands = _operands(statement.test, compared) or _called(statement.test)
    elif isinstance(statement, ast.Assert):
        operands = _operands(statement.test, compared)
    elif isinstance(statement, ast.Return) and statement.value is not None:
        operands = _operands(statement.value, compared)
    elif isinstance(statement, ast.With):
        operands = tuple(name for item in statement.items for name in _operands(item.context_expr, compared))
    else:
        return
    if operands:
        end = statement.end_lineno or statement.lineno
        yield Condition(line=statement.lineno, operands=operands, end=end, stops=_stops(statement), unit=unit)


def _remember(statement: ast.Assign, compared: Compared) -> None:
    operands = _operands(statement.value, compared) or _called(statement.value)
    for target in statement.targets:
        for part in target.elts if isinstance(target, ast.Tuple) else (target,):
            if isinstance(part, ast.Name) and operands:
                compared[part.id] = operands


def _called(test: ast.expr) -> tuple[str, ...]:
    """Return the last name of the function whose answer is asked for, alone or negated."""
    if isinstance(test, ast.UnaryOp):
        test = test.operand
    if isinstance(test, ast.Call):
        return (test.func.attr,) if isinstance(test.func, ast.Attribute) else tuple(_names(test.func))
    return ()


def _operands(test: ast.expr, compared: Compared) -> tuple[str, ...]:
    found: list[str] = []
    for node in ast.walk(test):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], _ORDERING):
            for side in (node.left, *node.comparators):
                found.extend(_names(side))
        elif isinstance(node, ast.Name) and node.id in compared:
            found.extend(compared[node.id])
    return tuple(dict.fromkeys(found))[:_MOST]


def _names(side: ast.expr) -> Iterator[str]:
    """Yield the names and string keys of one side of a comparison."""
    for node in ast.walk(side):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif (
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Constant)
            and isinstance(node.slice.value, str)
        ):
            yield node.slice.value


def _stops(statement: ast.stmt) -> bool:
    """Tell whether one branch ends the unit or the run: an assertion, a raise, an exit or a return in the body."""
    if isinstance(statement, ast.If):
        return any(_ends(inner) for inner in (*statement.body, *statement.orelse))
    return isinstance(statement, ast.Assert)


def _ends(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.Raise, ast.Return)):
        return True
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    function = statement.value.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    arguments = statement.value.args
    zero = bool(arguments) and isinstance(arguments[0], ast.Constant) and arguments[0].value in (0, None)
    return name in _EXITS and not zero


# a comparison that names more than this compares no metric
_MOST = 20
