"""Reads dependencies and entry points of ``setup.py``: literals of the ``setup()`` call, or named so in the file.

Source of the format: https://setuptools.pypa.io/en/latest/userguide/entry_point.html
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Link, Reading, Setting, Unit
from mlops_scan.facts.python_source import MAX_BYTES
from mlops_scan.facts.python_tree import ERRORS, descend, parsed
from mlops_scan.facts.requirements import dependency
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Dependency, Fact

READS = ("setup.py",)

_KEYS = {"install_requires": "", "extras_require": "extra", "tests_require": "test", "setup_requires": "build"}


def read(path: str, data: bytes) -> Reading:  # noqa: ARG001 - all readers take both
    """State the packages; a script that does not parse is told by the reader of Python."""
    try:
        tree = parsed(decode(data[:MAX_BYTES]))
    except ERRORS:
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
        if keyword.arg in _KEYS or keyword.arg == "entry_points"
    )
    return Reading(tuple(fact for keyword in keywords for fact in _facts(keyword, lists)))


def _facts(keyword: ast.keyword, lists: dict[str, ast.expr]) -> Iterator[Fact]:
    value = lists.get(keyword.value.id) if isinstance(keyword.value, ast.Name) else keyword.value
    yield from _points(value) if keyword.arg == "entry_points" else _stated(keyword, value)


def _points(points: ast.expr | None) -> Iterator[Fact]:
    """Yield the entry points, ``name = module:function``: console scripts as units, others as settings of a group."""
    for key, value in zip(points.keys, points.values, strict=True) if isinstance(points, ast.Dict) else ():
        group = key.value if isinstance(key, ast.Constant) else None
        for node in descend(value) if isinstance(group, str) else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ":" in node.value:
                name, _, target = node.value.partition("=")
                yield from _point(node.lineno, str(group), name.strip(), target.strip())


def _point(line: int, group: str, name: str, target: str) -> Iterator[Fact]:
    if group == "console_scripts":
        yield Unit(line=line, name=name, kind="console-script")
        yield Link(line=line, kind="function", target=target, unit=name)
    else:
        yield Setting(line=line, key=f"entry_points.{group}.{name}", value=target)


def _stated(keyword: ast.keyword, value: ast.expr | None) -> Iterator[Dependency]:
    parts = value.values if isinstance(value, ast.Dict) else [value] if value is not None else []
    for node in (node for part in parts for node in descend(part)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            fact = dependency(node.value, node.lineno, _KEYS[keyword.arg or ""])
            if fact is not None:
                yield fact
