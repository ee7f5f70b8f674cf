"""Branches of Python of which one run takes a single one: ``if stage == "train": … elif stage == "deploy": …``."""

from __future__ import annotations

import ast
import bisect
import itertools
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.kinds import Call, Choice, Loop
from mlops_scan.facts.python_tree import FUNCTIONS, find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.kinds import Fact

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_PARTS = ("body", "orelse", "finalbody", "handlers", "cases")
# every step of a chain through the file is held against all of them
_MOST = 200
_WORDS = (ast.Eq, ast.In, ast.Is)


class Found(NamedTuple):
    """The choices of a module outside loops, each with the function that makes it, and the lines of its loops."""

    choices: list[tuple[str, Choice]]
    loops: list[tuple[int, int]]


def choices(tree: ast.Module, stated: Iterable[Fact]) -> Iterator[Fact]:
    """Yield the choices of a module that are made once as far as it tells, and the loops that others are made in.

    A choice in a loop is none, nor is one in a function that the file calls in a loop, or that calls itself.
    """
    found = Found([], [])
    _look(tree.body, "", found)
    names = frozenset(name for name, _ in found.choices if name)
    often = frozenset(_called_often(tree, names, found.loops, stated)) if names else frozenset()
    once = (choice for name, choice in found.choices if name not in often)
    yield from itertools.islice(once, _MOST)
    yield from (Loop(first, last) for first, last in zip(*_joined(found.loops), strict=True))


def _look(body: list[ast.stmt], function: str, found: Found) -> None:
    """Note the choices and loops in statements; most statements hold no others."""
    for statement in body:
        if not hasattr(statement, "body") and not isinstance(statement, ast.Match):
            continue
        if isinstance(statement, _LOOPS):
            found.loops.append(_lines([statement]))
            continue
        branches = _branches(statement)
        if branches and sum(map(_calls, branches)) > 1:
            found.choices.append((function, Choice(statement.lineno, tuple(map(_lines, branches)))))
        inside = statement.name if isinstance(statement, FUNCTIONS) else function
        for part in branches or _parts(statement):
            _look(part, inside, found)


def _lines(branch: list[ast.stmt]) -> tuple[int, int]:
    return branch[0].lineno, branch[-1].end_lineno or branch[-1].lineno


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


def _called_often(
    tree: ast.Module, names: frozenset[str], loops: list[tuple[int, int]], stated: Iterable[Fact]
) -> Iterator[str]:
    """Yield which of the functions are called in a loop, or call themselves."""
    calls = [(name, fact) for fact in stated if isinstance(fact, Call) and (name := _last(fact.name)) in names]
    spans = [*loops, *((node.lineno, node.end_lineno or node.lineno) for node in _comprehensions(tree, calls))]
    firsts, lasts = _joined(spans)
    for name, call in calls:
        at = bisect.bisect_right(firsts, call.line) - 1
        if _last(call.unit) == name or (at >= 0 and call.line <= lasts[at]):
            yield name


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Return the first and the last lines of what the spans cover together, in order."""
    firsts: list[int] = []
    lasts: list[int] = []
    for first, last in sorted(spans):
        if lasts and first <= lasts[-1]:
            lasts[-1] = max(lasts[-1], last)
        else:
            firsts.append(first)
            lasts.append(last)
    return firsts, lasts


def _comprehensions(tree: ast.Module, calls: list[tuple[str, Call]]) -> Iterator[ast.expr]:
    found = find(tree, *_COMPREHENSIONS) if calls else ()
    return (node for node in found if isinstance(node, ast.expr))


def _last(name: str) -> str:
    return name.rpartition(".")[2]
