"""What Python code says of classes: in annotations, and by how it writes their names."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_names import UNKNOWN, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.python_names import Names

_TYPING = ("typing.", "typing_extensions.")
# what stands around the class in an annotation, and says nothing of it
_AROUND = frozenset(f"{module}{name}" for module in _TYPING for name in ("Annotated", "ClassVar", "Final", "Optional"))
_LONGEST = 100  # of an annotation that is written as a text
_DEEPEST = 4


def is_class(name: str) -> bool:
    """Tell whether a dotted name is that of a class, by how classes are called."""
    module, _, last = name.rpartition(".")
    return module.strip(".") != "" and last[:1].isupper()


def annotated(node: ast.expr | None, names: Names, depth: int = 0) -> str:
    """Return the class of ``Trainer``, ``Trainer | None``, ``Optional[Trainer]`` and ``"Trainer"``; else nothing."""
    if isinstance(node, (ast.Name, ast.Attribute)):
        said = dotted(node, names)
        return UNKNOWN if said.startswith(_TYPING) else said
    inner = _inner(node, names) if depth < _DEEPEST else None
    return annotated(inner, names, depth + 1) if inner is not None else UNKNOWN


def _inner(node: ast.expr | None, names: Names) -> ast.expr | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        sides = [side for side in (node.left, node.right) if not is_none(side)]
        return sides[0] if len(sides) == 1 else None
    if isinstance(node, ast.Subscript) and dotted(node.value, names) in _AROUND:
        return node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else node.slice
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < _LONGEST:
        try:
            return ast.parse(node.value, mode="eval").body
        except (SyntaxError, ValueError):
            return None
    return None


def calling(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    """Yield the annotations of a function's parameters that may hold calls: ``Annotated[X, Depends(get_x)]``."""
    for parameter in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        if isinstance(parameter.annotation, ast.Subscript):
            yield parameter.annotation


def is_none(node: ast.expr) -> bool:
    """Tell whether an expression is ``None``."""
    return isinstance(node, ast.Constant) and node.value is None
