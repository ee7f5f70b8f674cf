"""Names and texts by which Python code asks for what is kept: variables, attributes, keys of dicts and the like."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_tree import descend
from mlops_scan.facts.text import whole

if TYPE_CHECKING:
    from collections.abc import Iterator


def key_of(node: ast.Subscript) -> str:
    """Return the text in brackets: ``auc`` of ``metrics["auc"]``."""
    constant = node.slice
    return whole(constant.value) if isinstance(constant, ast.Constant) and isinstance(constant.value, str) else ""


def asked_key(call: ast.Call) -> str:
    """Return the text by which a call asks for what is kept: ``report.get("auc")``, ``xcom_pull(key="auc")``."""
    given = call.args[:1] if isinstance(call.func, ast.Attribute) and call.func.attr == "get" else []
    given = given + [word.value for word in call.keywords if word.arg == "key"]
    texts = (part.value for part in given if isinstance(part, ast.Constant))
    return next((text for text in texts if isinstance(text, str) and text.isidentifier()), "")


def names(side: ast.expr) -> Iterator[str]:
    """Yield the names and string keys of one side of a comparison."""
    for node in descend(side):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Subscript) and key_of(node):
            yield key_of(node)


def texts(value: ast.expr | None) -> tuple[str, ...]:
    """Return the texts that a value may be: its own, or those of a choice between two."""
    parts = (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)
    return tuple(whole(part.value) for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))
