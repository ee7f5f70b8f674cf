"""What a dict that is written down holds under a key: ``step["script"]``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_tree import find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.facts.python_names import Names


def held(node: ast.expr, names: Names) -> ast.expr:
    """Return the value that an expression takes from a dict by its key; any other expression as it is."""
    if not (
        isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and isinstance(node.slice, ast.Constant)
    ):
        return node
    found = _under(node.slice.value, names.table(node.value.id) or ())
    return found if found and _is_plain(found) else node


def function(node: ast.expr, names: Names) -> ast.expr | None:
    """Return what a dict holds by name under a key that is known: the ``train`` of ``STAGES["train"]()``."""
    if not (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name)):
        return None
    table = names.table(node.value.id)
    if not table:
        return None
    said = node.slice
    key = names.literal(said.id) if isinstance(said, ast.Name) else getattr(said, "value", None)
    found = _under(key, table) if isinstance(key, str) else None
    return found if _is_named(found) else None


def picked(loop: ast.For, names: Names) -> list[ast.expr]:
    """Return the keys of the dict of functions that a loop takes one from in each of its rounds, in their order.

    ``for stage in plan: STAGES[stage]()`` may go through all of them, whatever the plan of one run is.
    """
    if not isinstance(loop.target, ast.Name):
        return []
    for statement in loop.body:
        for part in find(statement, ast.Subscript):
            table = _asked(part, loop.target.id, names)
            written = table[0][1] if table and len(table) == 1 else None
            if isinstance(written, ast.Dict) and written.values and all(map(_is_named, written.values)):
                return [key for key in written.keys if isinstance(key, ast.Constant)]
    return []


def _asked(part: ast.AST, key: str, names: Names) -> list[tuple[str, ast.expr]] | None:
    """Return the dict that a subscript asks for what stands under a name."""
    if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Name) and isinstance(part.slice, ast.Name):
        return names.table(part.value.id) if part.slice.id == key else None
    return None


def _under(key: object, table: Iterable[tuple[str, ast.expr]]) -> ast.expr | None:
    """Return what was last put into a dict under a key."""
    found: ast.expr | None = None
    for name, value in table:
        if name == key:
            found = value
        elif not name and isinstance(value, ast.Dict):
            pairs = zip(value.keys, value.values, strict=True)
            found = next((each for said, each in pairs if isinstance(said, ast.Constant) and said.value == key), found)
    return found


def _is_named(value: ast.expr | None) -> bool:
    """Tell whether a value is a name, or an attribute of one: it could not ask the dict again."""
    return isinstance(value, ast.Name) or (isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name))


def member(node: ast.expr, names: Names) -> ast.expr | None:
    """Return what ``MODELS[name]`` may take from a dict of classes, or of what they make: the first stands for all."""
    table, key = (node.value, node.slice) if isinstance(node, ast.Subscript) else (None, None)
    written = _written(table, names) if isinstance(table, ast.Name) else None
    if not isinstance(written, ast.Dict) or not written.values or not all(map(_is_of_class, written.values)):
        return None
    pairs = zip(written.keys, written.values, strict=True)
    constant = key.value if isinstance(key, ast.Constant) else None
    said = (each for name, each in pairs if isinstance(name, ast.Constant) and name.value == constant)
    return next(said, written.values[0])


def _written(table: ast.Name, names: Names) -> ast.expr | None:
    """Return how a dict is written down, or the one that it begins as: ``dict(A)``, ``A.copy()``, ``{**A, **B}``."""
    found = names.table(table.id)
    written = found[0][1] if found and not found[0][0] else None
    begins = _begins(written if written is not None else names.value(table.id))
    other = names.table(begins.id) if isinstance(begins, ast.Name) and begins.id != table.id else None
    return other[0][1] if other and not other[0][0] else written


def _begins(written: object) -> ast.expr | None:
    if isinstance(written, ast.Dict) and written.values and written.keys[0] is None:
        return written.values[0]
    if isinstance(written, ast.Call) and isinstance(written.func, ast.Attribute) and written.func.attr == "copy":
        return written.func.value
    if isinstance(written, ast.Call) and isinstance(written.func, ast.Name) and written.func.id == "dict":
        return written.args[0] if written.args else None
    return None


def got(call: ast.Call, names: Names) -> ast.Subscript | None:
    """Return ``MODELS.get(name)`` as ``MODELS[name]``, where that takes something from a dict of classes."""
    asked = call.func
    if not (isinstance(asked, ast.Attribute) and asked.attr == "get" and call.args):
        return None
    taken = ast.Subscript(asked.value, call.args[0], ast.Load())
    return taken if member(taken, names) is not None else None


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
