"""What is handed over to a Python call: the dotted names and objects among its arguments."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_names import DECLARING, dotted, receiver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.python_names import Names

# how deep lists and inner calls are looked into for what is handed over, and how much of it is kept
_DEEPEST, _MOST = 6, 200


def references(call: ast.Call, names: Names) -> dict[str, str]:
    """Return the dotted names and objects handed over to a call, by keyword or position; see `kinds.Call`."""
    found: dict[str, str] = {}
    waiting = list(_handed(call, ""))
    for key, node in waiting:  # which grows while it is gone through
        node = _outputs(node)  # noqa: PLW2901 - one output of a step is the step's
        if isinstance(node, (ast.Name, ast.Attribute)):
            name = names.object_of(node) or dotted(node, names)
            if name and not name.startswith("."):
                found[key] = name
            of = names.object_of(node.value) if isinstance(node, ast.Attribute) else ""
            if of and name.startswith(DECLARING):
                found[f"{key}.of"] = of
        elif key.count(".") < _DEEPEST and len(found) < _MOST:
            waiting.extend(_inside(key, node))
            if isinstance(node, ast.Call) and dotted(node.func, names).startswith(DECLARING):
                waiting.append((f"{key}.of", receiver(node)))
    return found


def _outputs(node: ast.expr) -> ast.expr:
    """Return ``step.outputs`` for one of these, any other expression as it is."""
    named = node.value if isinstance(node, ast.Subscript) else None
    return named if isinstance(named, ast.Attribute) and named.attr == "outputs" else node


def _handed(call: ast.Call, before: str) -> Iterator[tuple[str, ast.expr]]:
    yield from ((f"{before}{number}", part) for number, part in enumerate(call.args))
    yield from ((f"{before}{keyword.arg}", keyword.value) for keyword in call.keywords if keyword.arg)


def _inside(key: str, node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, (ast.List, ast.Tuple)):
        yield from ((f"{key}.{number}", part) for number, part in enumerate(node.elts))
    elif isinstance(node, ast.Call):
        yield from _handed(node, f"{key}.")
    elif isinstance(node, ast.Dict):
        yield from ((f"{key}.{number}", part) for number, part in enumerate(node.values))
