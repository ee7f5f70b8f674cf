"""What Python code says of classes: in annotations, and by how it writes their names."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_names import UNKNOWN, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.python_names import Names

# what says more than the class
_ADDING = frozenset(
    {"typing.Annotated", "typing.Optional", "typing_extensions.Annotated", "typing_extensions.Optional"}
)


def is_class(name: str) -> bool:
    """Tell whether a dotted name is that of a class, by how classes are called."""
    module, _, last = name.rpartition(".")
    return module.strip(".") != "" and last[:1].isupper()


def of_class(annotation: ast.expr | None, names: Names) -> str:
    """Return the dotted name that an annotation says, without what it adds: ``X | None``, ``Annotated[X, …]``."""
    while not isinstance(annotation, (ast.Name, ast.Attribute)):
        if isinstance(annotation, ast.Subscript) and dotted(annotation.value, names) in _ADDING:
            within = annotation.slice
            annotation = within.elts[0] if isinstance(within, ast.Tuple) and within.elts else within
        elif isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
            annotation = annotation.left
        else:
            return UNKNOWN
    return dotted(annotation, names)


def calling(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    """Yield the annotations of a function's parameters that may hold calls: ``Annotated[X, Depends(get_x)]``."""
    for parameter in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        if isinstance(parameter.annotation, ast.Subscript):
            yield parameter.annotation
