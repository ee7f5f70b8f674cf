"""Words that Python code asks a kept verdict for: ``if decision == "promote"``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_keys import asked_key, key_of, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.python_outcomes import Outcomes

_ASKING = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)
_FLAGS = frozenset({"True", "true", "yes", "1", "False", "false", "no", "0"})
_SEVERAL = (ast.List, ast.Set, ast.Tuple)
_RUN = "__name__"  # how a module asks whether it is the program, which no verdict decides


def asked(test: ast.expr, outcomes: Outcomes) -> tuple[str, ...]:
    """Return each name that a test holds against a word, with it (``decision=promote``), or alone against a flag's."""
    if isinstance(test, ast.UnaryOp):
        test = test.operand
    if isinstance(test, ast.BoolOp):
        return tuple(name for value in test.values for name in asked(value, outcomes))
    return tuple(dict.fromkeys(_asked(test, outcomes))) if isinstance(test, ast.Compare) else ()


def _asked(test: ast.Compare, outcomes: Outcomes) -> Iterator[str]:
    given = test.comparators[0] if isinstance(test.ops[0], _ASKING) else None
    words = [word for part in (given.elts if isinstance(given, _SEVERAL) else (given,)) for word in texts(part)]
    if words:
        for name in _names(test.left, outcomes):
            yield from (f"{name}={word}" for word in words)
            yield from () if _FLAGS.isdisjoint(words) else (name,)


def _names(value: ast.expr, outcomes: Outcomes) -> Iterator[str]:
    """Yield what a value is called: its name, attribute or key, and the function that gave it."""
    if isinstance(value, ast.Name) and value.id != _RUN:
        yield value.id
        yield from outcomes.taken.get(value.id, ())
        yield from outcomes.told.get(value.id, ()) if value.id in outcomes.answers else ()
    elif isinstance(value, ast.Attribute):
        yield value.attr
    elif isinstance(value, ast.Subscript):
        yield from filter(None, (key_of(value),))
        yield from _names(value.value, outcomes)
    elif isinstance(value, ast.Call):
        yield from filter(None, (asked_key(value), getattr(value.func, "attr", getattr(value.func, "id", ""))))
