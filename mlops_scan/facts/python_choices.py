"""Branches of Python of which one run takes a single one: ``if stage == "train": … elif stage == "deploy": …``."""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Choice
from mlops_scan.facts.python_tree import find

if TYPE_CHECKING:
    from collections.abc import Iterator

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_PARTS = ("body", "orelse", "finalbody", "handlers", "cases")
# every step of a chain through the file is held against all of them
_MOST = 200
_WORDS = (ast.Eq, ast.In, ast.Is)


def choices(tree: ast.Module, source: str) -> Iterator[Choice]:
    """Yield the choices of a module that are made once: not in a loop, nor in a function that is called more often."""
    if "if " not in source and "match " not in source:
        return
    found = list(itertools.islice(_of(tree.body, ""), _MOST))
    often = frozenset(_called_often(tree, {name for name, _ in found})) if found else frozenset()
    yield from (choice for name, choice in found if name not in often)


def _of(body: list[ast.stmt], function: str) -> Iterator[tuple[str, Choice]]:
    """Yield the choices in statements outside loops, each with the function that makes it."""
    for statement in body:
        if isinstance(statement, _LOOPS):
            continue
        branches = _branches(statement)
        if branches and sum(_calls(branch) for branch in branches) > 1:
            spans = tuple((branch[0].lineno, branch[-1].end_lineno or branch[-1].lineno) for branch in branches)
            yield function, Choice(statement.lineno, spans)
        inside = statement.name if isinstance(statement, _FUNCTIONS) else function
        for part in branches or _parts(statement):
            yield from _of(part, inside)


def _branches(statement: ast.stmt) -> list[list[ast.stmt]]:
    """Return the branches of a statement that chooses by a word, or among several; none of any other."""
    if isinstance(statement, ast.Match):
        return [case.body for case in statement.cases]
    found: list[list[ast.stmt]] = []
    tests: list[ast.expr] = []
    part: ast.stmt | None = statement
    while isinstance(part, ast.If):
        tests.append(part.test)
        found.append(part.body)
        rest = part.orelse
        part = rest[0] if len(rest) == 1 else None
        if rest and not isinstance(part, ast.If):
            found.append(rest)
    return found if tests[1:] or any(map(_is_word, tests)) else []


def _is_word(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and isinstance(test.ops[0], _WORDS)


def _parts(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for name in _PARTS:
        for part in getattr(statement, name, ()):
            yield [part] if isinstance(part, ast.stmt) else part.body


def _calls(branch: list[ast.stmt]) -> bool:
    return any(next(find(statement, ast.Call), None) is not None for statement in branch)


def _called_often(tree: ast.Module, names: set[str]) -> Iterator[str]:
    """Yield which of the functions are called in a loop, or call themselves."""
    for node in find(tree, *_LOOPS, *_FUNCTIONS):
        own = {node.name} if isinstance(node, _FUNCTIONS) else names
        if names & own:
            yield from own.intersection(_last_name(call) for call in find(node, ast.Call))


def _last_name(call: ast.AST) -> str:
    function = getattr(call, "func", None)
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
