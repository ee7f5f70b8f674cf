"""Steps that a function makes and leaves out of its pipeline: it reads others of their kind, and never these."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_tree import FUNCTIONS, descend, find

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLASS = "Step"


def leave_out(tree: ast.Module, source: str) -> None:
    """Take the statements out of a tree that make such steps, as if they were commented out.

    One that is made within a context (``with Pipeline()``) may be a part of it though nothing reads it.
    """
    for function in find(tree, *FUNCTIONS) if f"{_CLASS}(" in source else ():
        if isinstance(function, FUNCTIONS):
            made = dict(_made(function.body))
            names = _read(function) if len(made) > 1 else set()
            left = {number for name, number in made.items() if name not in names} if names & made.keys() else set()
            function.body = [part for number, part in enumerate(function.body) if number not in left]


def _made(body: list[ast.stmt]) -> Iterator[tuple[str, int]]:
    """Yield the names that a block gives to steps, each with the number of the statement."""
    for number, statement in enumerate(body):
        value = statement.value if isinstance(statement, ast.Assign) else None
        made = value.func if isinstance(value, ast.Call) else None
        kind = made.attr if isinstance(made, ast.Attribute) else getattr(made, "id", "")
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        if kind[:1].isupper() and kind.endswith(_CLASS) and isinstance(target, ast.Name):
            yield target.id, number


def _read(function: ast.AST) -> set[str]:
    return {node.id for node in descend(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
