"""Values that are moved by a product, as models learn: ``w -= rate * slope``.

Each is stated as the call of `operator` that does the same, with the names of what is moved and of the factors.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Call

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOVES = {ast.Add: "operator.iadd", ast.Sub: "operator.isub"}
_PRODUCT = (ast.Mult, ast.Div)


def calls(node: ast.stmt, unit: str) -> Iterator[Call]:
    """Yield the call that an assignment amounts to, where it moves its target by a product of named factors."""
    if isinstance(node, ast.AugAssign):
        yield from _move(node.lineno, unit, node.target, node.op, node.value)
    elif isinstance(node, ast.Assign):
        moved, value = node.targets[0], node.value
        if isinstance(value, ast.ListComp):
            value = value.elt
        elif isinstance(value, ast.BinOp) and _is_of(value.left, moved):
            moved = value.left
        elif not (isinstance(value, ast.BinOp) and _is_share(value.left)):
            return
        if isinstance(value, ast.BinOp):
            yield from _move(node.lineno, unit, moved, value.op, value.right)
    elif isinstance(node, ast.Return):
        for given in _given(node.value):
            if isinstance(given, ast.BinOp):
                yield from _move(given.lineno, unit, given.left, given.op, given.right)


def _is_of(old: ast.expr, new: ast.expr) -> bool:
    """Tell whether a value is moved to itself, or to one that is called after it: ``w_new = w - rate * slope``."""
    return bool(_name(old)) and _name(old) in {_name(new), *_name(new).split("_")}


def _given(value: ast.expr | None) -> Iterator[ast.expr]:
    """Yield what a function gives back, each of several, and what it makes something new of."""
    if isinstance(value, ast.Tuple):
        yield from value.elts
    elif isinstance(value, ast.Call):
        yield from (*value.args, *(keyword.value for keyword in value.keywords))
    elif value is not None:
        yield value


def _move(line: int, unit: str, moved: ast.expr, way: ast.operator, value: ast.expr) -> Iterator[Call]:
    does, target = _MOVES.get(type(way)), _name(moved)
    if does and target and isinstance(value, ast.BinOp) and isinstance(value.op, _PRODUCT):
        factors = " * ".join(f".{name}" for name in map(_name, _factors(value)) if name)
        if factors:
            yield Call(line, does, {"0": f".{target}", "1": factors}, unit)


def _factors(value: ast.expr) -> Iterator[ast.expr]:
    """Yield the parts of a product, of which one may be a quotient, in order."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.BinOp) and isinstance(part.op, _PRODUCT):
            waiting += (part.right, part.left)
        else:
            yield part


def _is_share(value: ast.expr) -> bool:
    """Tell whether a value is what is left of another: ``(1 - rate) * old``."""
    first = value.left if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult) else None
    return isinstance(first, ast.BinOp) and isinstance(first.op, ast.Sub) and isinstance(first.left, ast.Constant)


def _name(value: ast.expr) -> str:
    """Return the last name of what an expression is about: of an attribute, or of what is called or looked into."""
    while isinstance(value, (ast.Subscript, ast.Call)):
        value = value.value if isinstance(value, ast.Subscript) else value.func
    return value.id if isinstance(value, ast.Name) else value.attr if isinstance(value, ast.Attribute) else ""
