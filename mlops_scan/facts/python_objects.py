"""What a name holds that is assigned by choice: what is made where nobody hands one over."""

from __future__ import annotations

import ast

from mlops_scan.facts.python_annotations import is_none

_NAMED = (ast.Name, ast.Attribute)


def chosen(value: ast.expr) -> ast.expr:
    """Return what ``given or Trainer()`` and ``Trainer() if given is None else given`` make where nothing is given."""
    if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or):
        return value.values[-1] if isinstance(value.values[-1], (*_NAMED, ast.Call)) else value
    if isinstance(value, ast.IfExp):
        sides = (value.body, value.orelse)
        made = [side for side in sides if isinstance(side, ast.Call)]
        given = [side for side in sides if isinstance(side, _NAMED) or is_none(side)]
        return made[0] if len(made) == len(given) == 1 else value
    return value
