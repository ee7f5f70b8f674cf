"""Comparisons whose outcome a Python program keeps for later: in an attribute, a key, an argument, an answer."""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING

from mlops_scan.facts import python_said
from mlops_scan.facts.kinds import Condition
from mlops_scan.facts.python_keys import key_of
from mlops_scan.facts.python_outcomes import MOST, called, operands, told, verdict_of
from mlops_scan.facts.text import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.python_outcomes import Outcomes

_LABELS = frozenset({"alias", "stage"})
# a value of any other form is no verdict
_FORMS = frozenset({ast.BoolOp, ast.Call, ast.Compare, ast.IfExp, ast.Name, ast.UnaryOp})


def of_statement(statement: ast.stmt, unit: str, outcomes: Outcomes) -> Iterator[Condition]:
    """Yield what an assignment to an attribute or key keeps, what a branch keeps there, and what a function answers."""
    if isinstance(statement, ast.If):
        compared = operands(statement.test, outcomes) or _held(statement.test, outcomes)
        yield from python_said.of_branch(statement, compared, unit, outcomes) if compared else ()
        yield from () if compared else _names_next(statement, statement.test, statement.body, unit, outcomes)
    elif isinstance(statement, ast.Assign) and statement.value.__class__ in _FORMS:
        yield from _kept(statement.value, _places(statement), unit, outcomes)
        weighed = _weighed(statement.value, outcomes)
        yield from _stated(statement, _places(statement) if weighed else (), weighed, unit)
    elif isinstance(statement, ast.Return) and unit and statement.value is not None:
        if isinstance(statement.value, ast.IfExp):
            answers = [ast.Return(statement.value.body)]
            yield from _names_next(statement, statement.value.test, answers, unit, outcomes)
        parts = statement.value.elts if isinstance(statement.value, ast.Tuple) else (statement.value,)
        for part in parts:
            yield from _kept(part, (unit.rpartition(".")[2],), unit, outcomes)
        yield from python_said.otherwise(statement, unit, outcomes)


def _names_next(
    statement: ast.stmt, test: ast.expr, branch: Iterable[ast.stmt], unit: str, outcomes: Outcomes
) -> Iterator[Condition]:
    """Yield that the answer of a function which names what comes next stands for the flag that chose it."""
    named = unit and any(isinstance(inner, ast.Return) and inner.value and _text(inner.value) for inner in branch)
    flags = called(test, outcomes) if named else ()
    if flags:
        function, end = unit.rpartition(".")[2], statement.end_lineno or statement.lineno
        yield Condition(statement.lineno, (), end, unit=unit, kept=(function,), worded=flags[:MOST])


def of_dict(node: ast.Dict, unit: str, outcomes: Outcomes) -> Iterator[Condition]:
    """Yield what a dict keeps under keys: ``{"accepted": new > old}``."""
    for key, value in zip(node.keys, node.values, strict=True):
        if value.__class__ in _FORMS and (name := _text(key)):
            yield from _kept(value, (name,), unit, outcomes)


def of_call(node: ast.Call, name: str, unit: str, outcomes: Outcomes) -> Iterator[Condition]:
    """Yield what a call is handed: by keyword, by position (``deploy:0``), or under a key (``key="accepted"``)."""
    if outcomes.told and (node.args or node.keywords):
        yield from _labels(node, unit, outcomes)
    for text in node.args:
        if text.__class__ is ast.JoinedStr:
            yield from _written(text, unit, outcomes)
    printed, several = name == "print", len(node.args) > 1
    if node.keywords or several or printed or outcomes.verdicts:
        yield from _given(node, name, unit, outcomes)


def _given(node: ast.Call, name: str, unit: str, outcomes: Outcomes) -> Iterator[Condition]:
    """Yield what a call is given by keyword, by position, or as the value of a name: ``save("better", new > old)``."""
    last = name.rpartition(".")[2]
    first = _text(node.args[0]) if len(node.args) > 1 and node.args[1].__class__ in _FORMS else ""
    yield from _kept(node.args[1], (first,), unit, outcomes) if first else ()
    under = tuple(key for word in node.keywords if word.arg == "key" and (key := _text(word.value)))
    for word in node.keywords:
        if word.arg and word.value.__class__ in _FORMS:
            yield from _kept(word.value, (word.arg, *under), unit, outcomes)
    for number, value in enumerate(node.args if outcomes.verdicts or name == "print" else ()):
        value = told(value)  # noqa: PLW2901 - the same in another form
        if isinstance(value, ast.Name) and value.id in outcomes.verdicts:
            yield from _kept(value, (value.id, f"{last}:{number}"), unit, outcomes)
        elif name == "print" and value.__class__ in _FORMS:
            yield from _kept(value, (f"{last}:{number}",), unit, outcomes)


def _labels(node: ast.Call, unit: str, outcomes: Outcomes) -> Iterator[Condition]:
    """Yield what decides on the alias or stage that a call gives a thing: ``promote(version, alias=alias)``.

    The word may be chosen by a comparison here, or be what a function answers.
    """
    given = (*((value, "") for value in node.args), *((word.value, word.arg or "") for word in node.keywords))
    for value, key in given:
        if isinstance(value, ast.Name) and (key or value.id).rpartition("_")[2] in _LABELS:
            compared, asked = outcomes.verdicts.get(value.id), value.id in outcomes.answers
            told = compared or (outcomes.told.get(value.id, ()) if asked else ())
            end = node.end_lineno or node.lineno
            if told:
                flags = not compared
                yield Condition(node.lineno, tuple(told)[:MOST], end, unit=unit, bare=flags, asks=flags)


def _written(text: ast.expr, unit: str, outcomes: Outcomes) -> Iterator[Condition]:
    """Yield what a text gives a name: ``f"accepted={better}"``."""
    for before, part in itertools.pairwise(text.values) if isinstance(text, ast.JoinedStr) else ():
        if isinstance(part, ast.FormattedValue) and (name := python_said.given_name(_text(before))):
            yield from _kept(part.value, (name,), unit, outcomes)


def _text(node: ast.expr | None) -> str:
    return whole(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _weighed(value: ast.expr, outcomes: Outcomes) -> tuple[str, ...]:
    """Return what was compared where a function weighs outcomes against each other: ``decide(drifted, worse)``.

    One alone may be told to anything (``save(better)``), and what a class makes of outcomes is a thing of its own.
    """
    if not (isinstance(value, ast.Call) and outcomes.verdicts):
        return ()
    function = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
    held = [outcomes.verdicts.get(part.id) for part in value.args if isinstance(part, ast.Name)]
    given = [names for names in held if names]
    several = bool(given[1:]) and not function[:1].isupper()
    return tuple(dict.fromkeys(name for names in given for name in names)) if several else ()


def _held(test: ast.expr, outcomes: Outcomes) -> tuple[str, ...]:
    """Return what was compared for a verdict that a test asks for, or for what a list was filled with."""
    verdict = verdict_of(test, outcomes)
    test = test.operand if isinstance(test, ast.UnaryOp) else test
    filled = isinstance(test, ast.Name) and test.id not in outcomes.answers
    return verdict or (outcomes.told.get(test.id, ()) if filled and isinstance(test, ast.Name) else ())


def _places(statement: ast.Assign) -> tuple[str, ...]:
    """Return the attributes and keys that an assignment is to."""
    attributes = [target.attr for target in statement.targets if isinstance(target, ast.Attribute)]
    keys = [key_of(target) for target in statement.targets if isinstance(target, ast.Subscript)]
    return tuple(filter(None, (*attributes, *keys)))


def _kept(value: ast.expr, names: tuple[str, ...], unit: str, outcomes: Outcomes) -> Iterator[Condition]:
    compared = verdict_of(value, outcomes) if names else None
    if compared is not None:
        words = python_said.words_of(value, outcomes)
        yield from _stated(value, tuple(python_said.with_words(names, words)), compared, unit)


def _stated(
    node: ast.expr | ast.stmt, names: tuple[str, ...], compared: Iterable[str], unit: str
) -> Iterator[Condition]:
    if names:
        end = node.end_lineno or node.lineno
        yield Condition(line=node.lineno, operands=tuple(compared)[:MOST], end=end, unit=unit, kept=names)
