"""Reads the dependencies of ``setup.py``: literal lists of the ``setup()`` call, or named so in the file."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Reading
from mlops_scan.facts.python_tree import descend
from mlops_scan.facts.requirements import dependency
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Dependency

READS = ("setup.py",)

_KEYS = {"install_requires": "", "extras_require": "extra", "tests_require": "test", "setup_requires": "build"}


def read(path: str, data: bytes) -> Reading:  # noqa: ARG001 - all readers take both
    """State the packages; a script that does not parse is told by the reader of Python."""
    try:
        tree = ast.parse(decode(data))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Reading()
    lists = {
        target.id: node.value
        for node in descend(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    keywords = (
        keyword
        for node in descend(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "setup"
        for keyword in node.keywords
        if keyword.arg in _KEYS
    )
    found = (fact for keyword in keywords for fact in _stated(keyword, lists))
    return Reading(tuple(found))


def _stated(keyword: ast.keyword, lists: dict[str, ast.expr]) -> Iterator[Dependency]:
    value = lists.get(keyword.value.id) if isinstance(keyword.value, ast.Name) else keyword.value
    parts = value.values if isinstance(value, ast.Dict) else [value] if value is not None else []
    for node in (node for part in parts for node in descend(part)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            fact = dependency(node.value, node.lineno, _KEYS[keyword.arg or ""])
            if fact is not None:
                yield fact
