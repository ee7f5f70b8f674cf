"""What a dict that is written down holds under a key: ``step["script"]``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlops_scan.facts.python_names import Names


def held(node: ast.expr, names: Names) -> ast.expr:
    """Return the value that an expression takes from a dict by its key; any other expression as it is."""
    if not (
        isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and isinstance(node.slice, ast.Constant)
    ):
        return node
    key = node.slice.value
    found: ast.expr = node
    for name, value in names.table(node.value.id) or ():
        if name == key:
            found = value
        elif not name and isinstance(value, ast.Dict):
            pairs = zip(value.keys, value.values, strict=True)
            found = next((each for said, each in pairs if isinstance(said, ast.Constant) and said.value == key), found)
    return found if _is_plain(found) else node


def _is_plain(value: ast.expr) -> bool:
    """Tell whether a value is a constant, or a list of such and of names, none of which could ask the dict again."""
    if isinstance(value, (ast.List, ast.Tuple)):
        return all(isinstance(item, (ast.Constant, ast.Name, ast.Attribute)) for item in value.elts)
    return isinstance(value, ast.Constant)
