"""Loops over what is written down: ``for script in ("prepare.py", "train.py")`` runs the one and then the other."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts import python_tables
from mlops_scan.facts.kinds import Call, Command
from mlops_scan.facts.python_bindings import LISTS, bind_target
from mlops_scan.facts.python_names import UNKNOWN, Names, own_attribute
from mlops_scan.facts.python_tree import descend

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.kinds import Fact

# a list of more holds data, and a longer body is more than the start of a program
_MOST, _LONGEST = 20, 40
# nodes that all loops of a file are gone through again with
MOST_AGAIN = 50_000
_COUNTING = "enumerate"
_SAME = frozenset({_COUNTING, "list", "sorted", "tuple", "tqdm"})


def bind_unknown(target: ast.expr, names: Names) -> None:
    """Let the names of a loop's target stand for what only its run can know."""
    for part in descend(target):
        if isinstance(part, ast.Name):
            names.bind(part.id, UNKNOWN)


def rounds(loop: ast.For, names: Names, place: str, left: int) -> tuple[list[Names], int]:
    """Return the names of each round of a loop, and of how many nodes further loops may be gone through again.

    There are none where what it goes through is not written down, nor where ``left`` does not suffice for its body.
    ``place`` is what the objects that stand there are named inside of.
    """
    short = (loop.end_lineno or 0) - loop.lineno <= _LONGEST
    values = (_values(loop.iter, names) or python_tables.picked(loop, names)[:_MOST]) if short else ()
    cost = len(values) * sum(1 for statement in loop.body for _ in descend(statement)) if values else 0
    return ([_round(loop, value, names, place) for value in values], left - cost) if cost <= left else ([], left)


def _round(loop: ast.For, value: ast.expr, names: Names, place: str) -> Names:
    inside = Names(names)
    inside.within, inside.flow = names.within, names.flow
    bind_target(_target(loop), value, inside, place)
    return inside


def further(first: Iterable[Fact], stated: Iterable[Fact]) -> Iterator[Fact]:
    """Yield the calls and commands of a loop's rounds that a round of which nothing is known does not state."""
    told = set(map(_said, first))
    for fact in stated:
        if isinstance(fact, (Call, Command)) and _said(fact) not in told:
            told.add(_said(fact))
            yield fact


def _said(fact: Fact) -> tuple[object, ...]:
    if isinstance(fact, Call):
        return (fact.line, fact.name, *fact.arguments.items(), *fact.references.items())
    return (fact.line, fact.run if isinstance(fact, Command) else "")


def _target(loop: ast.For) -> ast.expr:
    """Return what each value is given to: behind the number where they are counted."""
    counted = (
        isinstance(loop.iter, ast.Call) and isinstance(loop.iter.func, ast.Name) and loop.iter.func.id == "enumerate"
    )
    if counted and isinstance(loop.target, ast.Tuple) and len(loop.target.elts) == len(("number", "value")):
        return loop.target.elts[1]
    return loop.target


def _values(node: ast.expr, names: Names) -> list[ast.expr]:
    """Return the values that a loop goes through; none where they are not written down, or too many."""
    if isinstance(node, ast.Call):
        return _of_call(node, names)
    if isinstance(node, (ast.Name, ast.Attribute)):
        name = node.id if isinstance(node, ast.Name) else own_attribute(node)
        node = (names.listed(name) if name else None) or node
    values = node.elts if isinstance(node, LISTS) else []
    return values if len(values) <= _MOST else []


def _of_call(call: ast.Call, names: Names) -> list[ast.expr]:
    """Return the values of ``enumerate(values)``, and of ``table.items()`` in pairs."""
    function = call.func
    if isinstance(function, ast.Name):
        return _values(call.args[0], names) if function.id in _SAME and call.args else []
    if not isinstance(function, ast.Attribute) or function.attr not in {"items", "values"}:
        return []
    table = names.table(function.value.id) if isinstance(function.value, ast.Name) else None
    written = table[0][1] if table and len(table) == 1 else function.value
    if not isinstance(written, ast.Dict) or len(written.keys) > _MOST:
        return []
    pairs = [(key, value) for key, value in zip(written.keys, written.values, strict=True) if key]
    return [value if function.attr == "values" else ast.Tuple([key, value], ast.Load()) for key, value in pairs]
