"""What a name holds where that is not simply assigned: by its annotation, or what it is where nobody hands one over."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_names import UNKNOWN, dotted

if TYPE_CHECKING:
    from mlops_scan.facts.python_names import Names

# what stands around the class in an annotation, and says nothing of it
_AROUND = frozenset({"typing.Annotated", "typing.ClassVar", "typing.Final", "typing.Optional"})
_ANY = ("typing.", "typing_extensions.")  # what these name is no class: `Any`, `Callable`
_LONGEST = 100  # of an annotation that is written as a text
_DEEPEST = 4
_NAMED = (ast.Name, ast.Attribute)


def annotated(node: ast.expr | None, names: Names, depth: int = 0) -> str:
    """Return the class of ``Trainer``, ``Trainer | None``, ``Optional[Trainer]`` and ``"Trainer"``; else nothing."""
    if isinstance(node, _NAMED):
        said = dotted(node, names)
        return UNKNOWN if said.startswith(_ANY) else said
    inner = _inner(node, names) if depth < _DEEPEST else None
    return annotated(inner, names, depth + 1) if inner is not None else UNKNOWN


def _inner(node: ast.expr | None, names: Names) -> ast.expr | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        sides = [side for side in (node.left, node.right) if not _is_none(side)]
        return sides[0] if len(sides) == 1 else None
    if isinstance(node, ast.Subscript) and dotted(node.value, names) in _AROUND:
        return node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else node.slice
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < _LONGEST:
        try:
            return ast.parse(node.value, mode="eval").body
        except (SyntaxError, ValueError):
            return None
    return None


def chosen(value: ast.expr) -> ast.expr:
    """Return what ``given or Trainer()`` and ``Trainer() if given is None else given`` make where nothing is given."""
    if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or):
        return value.values[-1] if isinstance(value.values[-1], (*_NAMED, ast.Call)) else value
    if isinstance(value, ast.IfExp):
        sides = (value.body, value.orelse)
        made = [side for side in sides if isinstance(side, ast.Call)]
        given = [side for side in sides if isinstance(side, _NAMED) or _is_none(side)]
        return made[0] if len(made) == len(given) == 1 else value
    return value


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
