"""Lists, sets and dicts that a Python program fills where a comparison holds, and asks afterwards: failed checks."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_keys import names
from mlops_scan.facts.python_outcomes import called, note, operands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.python_outcomes import Outcomes

_FILLING = frozenset({"add", "append", "extend", "update"})


def under(statement: ast.If, outcomes: Outcomes) -> None:
    """Take note of what a branch fills: whether anything is in it then, the comparison has decided.

    One that remembers the best so far looks for that, and judges nothing: what it compares is given a value there.
    """
    filled = [name for inner in (*statement.body, *statement.orelse) for name in _filled(inner)]
    compared = operands(statement.test, outcomes) if filled else ()
    flags = called(statement.test, outcomes) if filled and not compared else ()
    for name in filled if flags and not _searches(statement) else ():
        note(outcomes.taken, name, flags, more=True)
        note(outcomes.gathered, name, flags, more=True)
    if compared and not _searches(statement):
        for name in filled:
            outcomes.answers.discard(name)
            note(outcomes.told, name, compared, more=True)
            note(outcomes.taken, name, compared, more=True)
            note(outcomes.gathered, name, compared, more=True)


def _filled(inner: ast.stmt) -> Iterator[str]:
    """Yield the names of what a statement adds to: ``low.append(name)``, ``good[name] = model``, ``low += [x]``."""
    if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Call):
        function = inner.value.func
        held = function.value if isinstance(function, ast.Attribute) and function.attr in _FILLING else None
        yield from (held.id,) if isinstance(held, ast.Name) else ()
    elif isinstance(inner, ast.Assign):
        places = (target.value for target in inner.targets if isinstance(target, ast.Subscript))
        yield from (place.id for place in places if isinstance(place, ast.Name))
    elif isinstance(inner, ast.AugAssign) and isinstance(inner.target, ast.Name):
        yield from (inner.target.id,) if isinstance(inner.value, (ast.List, ast.ListComp)) else ()


def _searches(statement: ast.If) -> bool:
    given = {
        target.id
        for inner in statement.body
        if isinstance(inner, ast.Assign)
        for target in inner.targets
        if isinstance(target, ast.Name)
    }
    return bool(given) and not given.isdisjoint(names(statement.test))
