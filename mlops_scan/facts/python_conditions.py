"""Comparisons that decide what a Python program does next."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts import python_gathered, python_verdicts, python_words
from mlops_scan.facts.kinds import Condition
from mlops_scan.facts.python_keys import names
from mlops_scan.facts.python_outcomes import (
    MOST,
    SAMENESS,
    asks,
    called,
    decide,
    operands,
    remember,
    taken,
)
from mlops_scan.facts.python_ranges import ORDERING, is_alone
from mlops_scan.facts.python_tree import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.facts.python_outcomes import Outcomes

_ASSIGNING = (ast.Assign, ast.AnnAssign)
_BLOCKS = frozenset({"Condition", "If", "Elif"})  # of Kubeflow Pipelines
_CONSTRUCTORS = (".__init__", ".__post_init__")
_EXITS = frozenset({"exit", "_exit", "abort", "quit", "cancel"})


def conditions(statement: ast.stmt, unit: str, outcomes: Outcomes) -> Iterator[Condition]:
    """Yield the condition that a statement is, if any, and what it keeps of one for later.

    ``outcomes`` remembers, for this unit, names that hold the outcome of a comparison or of a call:
    ``better = new > old`` makes ``if better:`` the same condition. It is filled here.
    """
    yield from python_verdicts.of_statement(statement, unit, outcomes)
    if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.For, ast.AsyncFor)):
        remember(statement, outcomes)
        return
    compared: tuple[str, ...] = ()
    worded: tuple[str, ...] = ()
    asking = False
    if isinstance(statement, ast.If):
        worded = python_words.asked(statement.test, outcomes)
        compared = operands(statement.test, outcomes)
        asking = not compared and asks(statement.test, outcomes)
        compared = compared or called(statement.test, outcomes)
        python_gathered.under(statement, outcomes)
        for inner in (*statement.body, *statement.orelse) if compared else ():
            if isinstance(inner, _ASSIGNING) and isinstance(inner.value, ast.Constant):
                decide(inner, statement.test, outcomes)
    elif isinstance(statement, ast.Assert):
        compared = operands(statement.test, outcomes)
    elif isinstance(statement, ast.Expr) and _ends(statement) == "run":
        tests = [value.test for value in _arguments(statement) if isinstance(value, ast.IfExp)]
        compared = tuple(name for test in tests for name in operands(test, outcomes) or called(test, outcomes))
    elif isinstance(statement, ast.Return) and statement.value is not None:
        compared = operands(statement.value, outcomes) or _chosen_by(statement.value, outcomes)
    elif isinstance(statement, ast.With):
        compared = tuple(name for item in statement.items for name in _guarded(item.context_expr, outcomes))
    if (compared or worded) and not _refuses(statement, unit):
        end = statement.end_lineno or statement.lineno
        flags, block = _bare(statement, outcomes), isinstance(statement, ast.With)
        alone = isinstance(statement, (ast.If, ast.Assert)) and is_alone(statement.test)
        found = Condition(statement.lineno, compared[:MOST], end, _stops(statement), unit, bare=flags, block=block)
        yield msgspec.structs.replace(found, asks=asking, alone=alone, worded=worded[:MOST])


def _refuses(statement: ast.stmt, unit: str) -> bool:
    """Tell whether an error says that no object can be made of what is given, or that this is of a wrong type."""
    if not isinstance(statement, ast.If) or statement.orelse or not isinstance(statement.body[-1], ast.Raise):
        return False
    asked = (getattr(part.func, "id", "") for part in find(statement.test, ast.Call) if isinstance(part, ast.Call))
    return unit.endswith(_CONSTRUCTORS) or "isinstance" in asked


def _chosen_by(answer: ast.expr, outcomes: Outcomes) -> tuple[str, ...]:
    """Return what an answer stands for that is one of two words, as a task gives the name of the next one."""
    if not isinstance(answer, ast.IfExp):
        return ()
    words = (answer.body, answer.orelse)
    named = all(isinstance(word, ast.Constant) and isinstance(word.value, str) for word in words)
    return called(answer.test, outcomes) if named else ()


def assigned(tree: ast.Module) -> Counter[str]:
    """Return how often each name is given a value, wherever in a module."""
    stored = (part for part in ast.walk(tree) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store))
    return Counter(part.id for part in stored)


def is_settled(statement: ast.stmt, literal: Callable[[str], str | None], times: Callable[[], Counter[str]]) -> bool:
    """Tell whether a statement holds numbers against each other that are written down in the file: no run decides.

    ``literal`` returns the text that a name stands for, ``times`` how often names are given a value: one that is given
    another may stand for that.
    """
    test = getattr(statement, "test", None) or getattr(statement, "value", None)
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ORDERING):
        return False
    sides = (test.left, *test.comparators)
    written = [side.id for side in sides if isinstance(side, ast.Name)]
    known = bool(written) and all(isinstance(side, (ast.Name, ast.Constant)) for side in sides)
    return known and all(_is_number(literal(name)) and times()[name] == 1 for name in written)


def _is_number(text: str | None) -> bool:
    try:
        float(text or "")
    except ValueError:
        return False
    return True


def _guarded(block: ast.expr, outcomes: Outcomes) -> tuple[str, ...]:
    """Return what the condition of a pipeline's block compares, for order or sameness, and the steps that made it."""
    asked = (name for test in _same(block) for name in (*names(test), *taken(test, outcomes)))
    return operands(block, outcomes) or tuple(dict.fromkeys(asked))


def _same(block: ast.expr) -> Iterator[ast.Compare]:
    """Yield the comparisons for sameness that the block of a pipeline is given."""
    function = block.func if isinstance(block, ast.Call) else None
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if isinstance(block, ast.Call) and name in _BLOCKS:
        given = (*block.args, *(word.value for word in block.keywords))
        yield from (test for test in given if isinstance(test, ast.Compare) and isinstance(test.ops[0], SAMENESS))


def _bare(statement: ast.stmt, outcomes: Outcomes) -> bool:
    """Tell whether only flags are asked for; of a pipeline's block, those that no step gave, so that a person did."""
    if isinstance(statement, ast.With):
        same = [test for item in statement.items for test in _same(item.context_expr)]
        return bool(same) and all(test.left.__class__ is ast.Name and not any(taken(test, outcomes)) for test in same)
    return isinstance(statement, ast.If) and python_words.bare(statement.test, outcomes)


def _stops(statement: ast.stmt) -> str:
    """Say what one branch ends: the run, the unit, or nothing."""
    if isinstance(statement, (ast.Assert, ast.Expr)):
        return "run"
    if not isinstance(statement, ast.If):
        return ""
    inside = (*_unguarded(statement.body), *_unguarded(statement.orelse))
    ended = [_ends(part) for inner in inside for part in find(inner, ast.Raise, ast.Return, ast.Expr)]
    return "run" if "run" in ended else "unit" if "unit" in ended else ""


def _unguarded(branch: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a branch without further conditions behind which it goes on: those end it at times."""
    yield from (inner for inner in branch if not isinstance(inner, ast.If) or inner is branch[-1])


def _arguments(statement: ast.Expr) -> list[ast.expr]:
    return statement.value.args if isinstance(statement.value, ast.Call) else []


def _ends(statement: ast.AST) -> str:
    if isinstance(statement, ast.Raise):
        return "unit" if _skips(statement) else "run"
    if isinstance(statement, ast.Return):
        return "unit"
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return ""
    function = statement.value.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    arguments = statement.value.args
    zero = bool(arguments) and isinstance(arguments[0], ast.Constant) and arguments[0].value in (0, None)
    # an exit without an error ends what would follow here, and lets the run go on
    return ("unit" if zero else "run") if name in _EXITS else ""


def _skips(statement: ast.Raise) -> bool:
    """Tell whether what is raised leaves out what would follow (``AirflowSkipException``), or answers a request."""
    raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    name = raised.attr if isinstance(raised, ast.Attribute) else getattr(raised, "id", "")
    return "Skip" in name or name == "HTTPException"
