"""Comparisons that decide what a Python program does next."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Condition
from mlops_scan.facts.python_tree import LEAVES, descend, find
from mlops_scan.facts.text import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

_ORDERING = (ast.Lt, ast.Gt, ast.LtE, ast.GtE)
_SAMENESS = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)
_BLOCKS = frozenset({"Condition", "If", "Elif"})  # of Kubeflow Pipelines
_EXITS = frozenset({"exit", "_exit", "abort", "quit", "cancel"})
Compared = dict[str, tuple[str, ...]]


def conditions(statement: ast.stmt, unit: str, compared: Compared) -> Iterator[Condition]:
    """Yield the condition that a statement is, if any.

    ``compared`` remembers, for this unit, names that hold the outcome of a comparison or of a call:
    ``better = new > old`` makes ``if better:`` the same condition. It is filled here.
    """
    if isinstance(statement, ast.Assign):
        told = _operands(statement.value) or _called(statement.value, compared)
        _remember(statement, told, compared, more=isinstance(statement.value, ast.Constant))
        return
    operands: tuple[str, ...] = ()
    if isinstance(statement, ast.If):
        operands = _operands(statement.test) or _called(statement.test, compared)
        for inner in (*statement.body, *statement.orelse) if operands else ():
            if isinstance(inner, ast.Assign) and isinstance(inner.value, ast.Constant):
                _remember(inner, operands, compared, more=True)
    elif isinstance(statement, ast.Assert):
        operands = _operands(statement.test)
    elif isinstance(statement, ast.Expr) and _ends(statement) == "run":
        chosen = [value for value in _arguments(statement) if isinstance(value, ast.IfExp)]
        operands = tuple(name for value in chosen for name in _operands(value.test) or _called(value.test, compared))
    elif isinstance(statement, ast.Return) and statement.value is not None:
        operands = _operands(statement.value)
    elif isinstance(statement, ast.With):
        operands = tuple(name for item in statement.items for name in _guarded(item.context_expr))
    if operands:
        end = statement.end_lineno or statement.lineno
        yield Condition(line=statement.lineno, operands=operands[:_MOST], end=end, stops=_stops(statement), unit=unit)


def _guarded(block: ast.expr) -> tuple[str, ...]:
    """Return what the condition of a pipeline's block compares, be it for order or for sameness."""
    if not (isinstance(block, ast.Call) and isinstance(block.func, ast.Attribute) and block.func.attr in _BLOCKS):
        return _operands(block)
    same = (test for test in block.args if isinstance(test, ast.Compare) and isinstance(test.ops[0], _SAMENESS))
    return _operands(block) or tuple(name for test in same for name in _names(test.left))


def _remember(statement: ast.Assign, operands: tuple[str, ...], compared: Compared, *, more: bool) -> None:
    """Remember what decided on a name's value; with ``more``, beside what did so before: ``better = True``."""
    for target in statement.targets:
        for part in target.elts if isinstance(target, ast.Tuple) else (target,):
            if isinstance(part, ast.Name):
                known = compared.get(part.id, ()) if more else ()
                compared[part.id] = tuple(dict.fromkeys((*known, *operands)))


def _called(test: ast.expr, compared: Compared) -> tuple[str, ...]:
    """Return what a bare test stands for: the function whose answer it is, what was compared, or its own name."""
    if isinstance(test, ast.UnaryOp):
        test = test.operand
    if isinstance(test, ast.BoolOp):
        return tuple(name for value in test.values for name in _called(value, compared))
    if isinstance(test, ast.Compare):
        flags = test.comparators[0]
        is_flag = isinstance(flags, ast.Constant) and flags.value in (0, 1)  # True and False are these
        return _called(test.left, compared) if is_flag and isinstance(test.ops[0], _SAMENESS) else ()
    if isinstance(test, ast.Call):
        return (test.func.attr,) if isinstance(test.func, ast.Attribute) else tuple(_names(test.func))
    if isinstance(test, ast.Name):
        return compared.get(test.id) or (test.id,)
    if isinstance(test, ast.Subscript):
        told = tuple(_names(test))
        return (*told, *(name for known in told for name in compared.get(known, ())))
    return (test.attr,) if isinstance(test, ast.Attribute) else ()


def _operands(test: ast.expr) -> tuple[str, ...]:
    found: list[str] = []
    for node in find(test, ast.Compare) if test.__class__ not in LEAVES else ():
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], _ORDERING):
            for side in (node.left, *node.comparators):
                found.extend(_names(side))
    return tuple(dict.fromkeys(found))


def _names(side: ast.expr) -> Iterator[str]:
    """Yield the names and string keys of one side of a comparison."""
    for node in descend(side):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif (
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Constant)
            and isinstance(node.slice.value, str)
        ):
            yield whole(node.slice.value)


def _stops(statement: ast.stmt) -> str:
    """Say what one branch ends: the run, the unit, or nothing."""
    if isinstance(statement, (ast.Assert, ast.Expr)):
        return "run"
    if not isinstance(statement, ast.If):
        return ""
    inside = (*statement.body, *statement.orelse)
    ended = [_ends(part) for inner in inside for part in find(inner, ast.Raise, ast.Return, ast.Expr)]
    return "run" if "run" in ended else "unit" if "unit" in ended else ""


def _arguments(statement: ast.Expr) -> list[ast.expr]:
    return statement.value.args if isinstance(statement.value, ast.Call) else []


def _ends(statement: ast.AST) -> str:
    if isinstance(statement, ast.Raise):
        return "unit" if _skips(statement) else "run"
    if isinstance(statement, ast.Return):
        return "unit"
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return ""
    function = statement.value.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    arguments = statement.value.args
    zero = bool(arguments) and isinstance(arguments[0], ast.Constant) and arguments[0].value in (0, None)
    # an exit without an error ends what would follow here, and lets the run go on
    return ("unit" if zero else "run") if name in _EXITS else ""


def _skips(statement: ast.Raise) -> bool:
    """Tell whether what is raised only leaves out what would follow: ``AirflowSkipException``."""
    raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    name = raised.attr if isinstance(raised, ast.Attribute) else getattr(raised, "id", "")
    return "Skip" in name


# a comparison that names more than this compares no metric
_MOST = 20
