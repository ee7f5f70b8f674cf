"""What a module's names hold that its functions fill in later: ``global model``, as services do when they start."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING, TypeGuard

from mlops_scan.facts.python_annotations import is_none
from mlops_scan.facts.python_bindings import IMPORTS, bind_target, imported
from mlops_scan.facts.python_names import dotted, literal_of
from mlops_scan.facts.python_tree import FUNCTIONS, find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.python_bindings import Function
    from mlops_scan.facts.python_names import Names


def bind(tree: ast.Module, names: Names, place: str) -> None:
    """Let each name of a module that holds nothing be what its functions make of it, where all make the same."""
    filled: dict[str, dict[tuple[str, str | None], ast.expr]] = defaultdict(dict)
    for name, value in _assigned(tree):
        if not is_none(value) and not _holds(name, names):
            filled[name].setdefault((dotted(value, names), literal_of(value, names)), value)
    for name, values in filled.items():
        if len(values) == 1:
            bind_target(ast.Name(name), next(iter(values.values())), names, place)
    _bind_modules(tree, names)


def _bind_modules(tree: ast.Module, names: Names) -> None:
    """Let each name that holds nothing be the module that a function imports for it: ``global tracker``."""
    for function in tree.body:
        shared = _declared(function) if isinstance(function, FUNCTIONS) else frozenset[str]()
        brought = imported(find(function, *IMPORTS)) if shared else {}
        given = {name: brought[value.id] for name, value in _given(function, shared) if _is_one(value, brought)}
        for name, module in (*given.items(), *((name, brought[name]) for name in sorted(shared.intersection(brought)))):
            if not names.find(name):
                names.bind(name, module)


def _holds(name: str, names: Names) -> bool:
    """Tell whether a name of the module holds anything: ``None``, ``""``, ``[]`` and ``{}`` are there to be filled."""
    written = names.value(name)
    return bool(names.find(name)) or (isinstance(written, ast.expr) and not _is_empty(written))


def _is_empty(value: ast.expr) -> bool:
    parts = getattr(value, "elts", getattr(value, "keys", None))
    return is_none(value) or parts == [] or (isinstance(value, ast.Constant) and value.value == "")


def _assigned(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Yield what functions assign to names that they begin by declaring to be the module's."""
    for function in tree.body:
        if isinstance(function, FUNCTIONS):
            yield from _given(function, _declared(function))


def _given(function: ast.stmt, shared: frozenset[str]) -> Iterator[tuple[str, ast.expr]]:
    for part in find(function, ast.Assign) if shared else ():
        if isinstance(part, ast.Assign):
            yield from ((t.id, part.value) for t in part.targets if isinstance(t, ast.Name) and t.id in shared)


def _is_one(value: ast.expr, names: dict[str, str]) -> TypeGuard[ast.Name]:
    return isinstance(value, ast.Name) and value.id in names


def _declared(function: Function) -> frozenset[str]:
    return frozenset(name for part in function.body if isinstance(part, ast.Global) for name in part.names)
