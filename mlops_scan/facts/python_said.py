"""Verdicts that Python code states as constants: given back, written or handed on where a comparison decides."""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Condition
from mlops_scan.facts.python_keys import key_of, texts
from mlops_scan.facts.python_outcomes import MOST, note
from mlops_scan.facts.python_tree import find
from mlops_scan.facts.text import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.python_outcomes import Outcomes

_SET_OUTPUT = "::set-output name="
_SET_VARIABLE = "##vso[task.setvariable variable="
_LONGEST = 40  # a longer text is no word that anything is asked for
_MOST_WORDS = 5
_ANSWER = "return"  # what no variable is called
_AROUND = (ast.With, ast.Try)


def of_branch(statement: ast.If, compared: tuple[str, ...], unit: str, outcomes: Outcomes) -> Iterator[Condition]:
    """Yield what the branches of a comparison keep by constants: ``return False``, ``report["better"] = True``."""
    for inner in _statements((*statement.body, *statement.orelse)):
        names = tuple(dict.fromkeys(_kept(inner, unit)))
        if names:
            yield _stated(inner, compared, unit, names)
            if isinstance(inner, ast.Return):
                note(outcomes.verdicts, _ANSWER, compared, more=True)


def otherwise(statement: ast.Return, unit: str, outcomes: Outcomes) -> Iterator[Condition]:
    """Yield what a function keeps by the constants that it gives back where no comparison before made it answer."""
    compared = outcomes.verdicts.get(_ANSWER, ())
    names = tuple(dict.fromkeys(_kept(statement, unit))) if compared else ()
    if names:
        yield _stated(statement, compared, unit, names)


def _stated(inner: ast.stmt, compared: tuple[str, ...], unit: str, names: tuple[str, ...]) -> Condition:
    return Condition(inner.lineno, compared[:MOST], inner.end_lineno or inner.lineno, unit=unit, kept=names)


def given_name(text: str) -> str:
    """Return the name that a text goes on to give a value: ``good=``, and the commands of GitHub and Azure."""
    for command, end in ((_SET_OUTPUT, "::"), (_SET_VARIABLE, "]")):
        _, found, rest = text.rpartition(command)
        if found and rest.endswith(end):
            return rest.removesuffix(end).partition(";")[0]
    words = text[:-1].split() if text.endswith("=") else []
    return words[-1] if words else ""


def with_words(names: Iterable[str], words: Iterable[str]) -> Iterator[str]:
    """Yield names, and each with the words that a verdict is put in: ``decision=promote``."""
    words = tuple(itertools.islice((word for word in words if _is_word(word)), _MOST_WORDS))
    for name in names:
        yield name
        yield from (f"{name}={word}" for word in words)


def words_of(value: ast.expr | None, outcomes: Outcomes) -> tuple[str, ...]:
    """Return the words that a value may be: those of a choice between two, or those that a name was given."""
    return outcomes.words.get(value.id, ()) if isinstance(value, ast.Name) else texts(value)


def _statements(block: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a branch, also those that only have a file open or errors caught around them."""
    for inner in block:
        yield inner
        yield from inner.body if isinstance(inner, _AROUND) else ()


def _kept(inner: ast.stmt, unit: str) -> Iterator[str]:
    if isinstance(inner, ast.Assign):
        for target in inner.targets:
            place = target.attr if isinstance(target, ast.Attribute) else ""
            place = key_of(target) if isinstance(target, ast.Subscript) else place
            yield from _as(place, inner.value)
    elif isinstance(inner, ast.Return) and unit and inner.value is not None:
        yield from _given_back(inner.value, unit.rpartition(".")[2])
    elif isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Call):
        yield from _handed_on(inner.value)
        yield from (name for found in find(inner, ast.Dict) if isinstance(found, ast.Dict) for name in _of_dict(found))


def _given_back(value: ast.expr, function: str) -> Iterator[str]:
    """Yield what a function gives back: the answer itself, or keywords and keys of it."""
    if isinstance(value, ast.Constant) and value.value is None:
        yield function
    for part in value.elts if isinstance(value, ast.Tuple) else (value,):
        yield from _as(function, part)
        if isinstance(part, ast.Call):
            yield from (name for word in part.keywords if word.arg for name in _as(word.arg, word.value))
        elif isinstance(part, ast.Dict):
            yield from _of_dict(part)


def _handed_on(call: ast.Call) -> Iterator[str]:
    """Yield what a call writes (``print("good=true")``) or puts under a name: ``set_output("good", "true")``."""
    by_name = {word.arg: word.value for word in call.keywords}
    name, value = (*call.args[:2], None, None)[:2]
    yield from _as(_text(by_name.get("key", name)), by_name.get("value", value))
    printed = texts(name) if getattr(call.func, "id", "") == "print" else ()
    yield from ("print:0",) if any(_is_word(text) for text in printed) else ()
    for argument in call.args:
        for line in _text(argument).split("\n"):
            yield from _written(line)


def _written(line: str) -> Iterator[str]:
    for sign in ("]", "::", "="):
        before, _, value = line.rpartition(sign)
        name = given_name(before + sign) if value and len(value) <= _LONGEST else ""
        if name:
            yield name
            return


def _of_dict(node: ast.Dict) -> Iterator[str]:
    for key, value in zip(node.keys, node.values, strict=True):
        yield from _as(_text(key), value)


def _as(name: str, value: ast.expr | None) -> Iterator[str]:
    """Yield how a constant is kept under a name: a flag by the name alone, a word with it."""
    constant = value.value if isinstance(value, ast.Constant) else None
    if name and isinstance(constant, bool):
        yield name
    elif name and isinstance(constant, str) and _is_word(constant):
        yield f"{name}={whole(constant)}"


def _text(node: ast.expr | None) -> str:
    return texts(node)[0] if isinstance(node, ast.Constant) and texts(node) else ""


def _is_word(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and not any(sign.isspace() for sign in text)
