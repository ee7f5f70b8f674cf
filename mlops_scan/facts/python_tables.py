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


def member(node: ast.expr, names: Names) -> ast.expr | None:
    """Return what ``MODELS[name]`` may take from a dict of classes, or of what they make: the first stands for all."""
    table, key = (node.value, node.slice) if isinstance(node, ast.Subscript) else (None, None)
    found = names.table(table.id) if isinstance(table, ast.Name) else None
    written = found[0][1] if found and not found[0][0] else None
    if not isinstance(written, ast.Dict) or not written.values or not all(map(_is_of_class, written.values)):
        return None
    pairs = zip(written.keys, written.values, strict=True)
    constant = key.value if isinstance(key, ast.Constant) else None
    said = (each for name, each in pairs if isinstance(name, ast.Constant) and name.value == constant)
    return next(said, written.values[0])


def _is_of_class(value: ast.expr) -> bool:
    """Tell whether a value is a class, or made by one, by how classes are called; it must not ask a dict again."""
    named = value.func if isinstance(value, ast.Call) else value
    if isinstance(named, ast.Attribute):
        return isinstance(named.value, ast.Name) and named.attr[:1].isupper()
    return isinstance(named, ast.Name) and named.id[:1].isupper()


def _is_plain(value: ast.expr) -> bool:
    """Tell whether a value is a constant, or a list of such and of names, none of which could ask the dict again."""
    if isinstance(value, (ast.List, ast.Tuple)):
        return all(isinstance(item, (ast.Constant, ast.Name, ast.Attribute)) for item in value.elts)
    return isinstance(value, ast.Constant)
