"""Comparisons of numbers that decide what shell text does next: by ``test``, in double brackets, by ``bc`` or ``awk``.

Variables are named in small letters, however they are written; where one is held against a word, as written too.
Redirections compare nothing: ``<`` and ``>`` do so in arithmetic, and in what ``bc`` and ``awk`` are handed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.facts.kinds import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator

_TESTS = frozenset({"-lt", "-le", "-gt", "-ge"})
_RECKONING = frozenset({"((", "bc", "awk"})
_MOST = 20  # what names more words than this names no metric by them
_SAYING = ("echo ", "printf ")
_WRITES = (">>", "setvariable", "set-output", "GITHUB_OUTPUT", "GITHUB_ENV")
_BRACKETS = frozenset({"[", "[[", "test", "!"})
_SAMENESS = frozenset({"=", "==", "!="})
# what a program of Python prints first, as it is kept there
_PRINTED = "print:0"
_COMMANDS = (("task.setvariable variable=", "]"), ("::set-output name=", "::"))
_PYTHON = ("$(python", "$(uv run", "$(poetry run")
_WORD = re.compile(r"\(\(|[\w.-]+")
# variables of shells, values that CI systems put in, and variables that awk is given
_NAMES = re.compile(r"\$\{?(\w+)|\$\{\{[\s\w.-]*?([\w-]+)\s*\}\}|-v\s*(\w+)=")


class _Variables(NamedTuple):
    """What variables hold: the outcome of a comparison of these names, or the output of a command of these words.

    ``printed`` are those that hold what a program of Python prints.
    """

    told: dict[str, tuple[str, ...]]
    taken: dict[str, tuple[str, ...]]
    printed: set[str]


def conditions(text: str, line: int, unit: str) -> Iterator[Condition]:
    """Yield the comparisons of shell text whose first line is ``line`` of the file, inner ones first."""
    if not any(word in text for word in (*_TESTS, *_RECKONING, *_SAMENESS, *_WRITES)):
        return
    known = _Variables({}, {}, set())
    opened: list[Condition] = []
    for number, written in enumerate(text.split("\n"), line):
        for part in statements(written):
            word, _, rest = part.partition(" ")
            if word in {"fi", "elif"} and opened:
                yield from _closed(opened.pop(), number)
            if word in {"if", "elif"}:
                operands, asked = _operands(rest, known), _worded(rest, known)
                opened.append(Condition(line=number, operands=operands, end=number, unit=unit, worded=asked))
            elif word == "exit" and rest != "0":
                opened = [msgspec.structs.replace(condition, stops="run") for condition in opened]
            else:
                yield from _by_itself(part, Condition(line=number, operands=(), end=number, unit=unit), known, opened)


def statements(written: str) -> Iterator[str]:
    """Yield the statements of a line, without the words in front of them that only say which branch they are in."""
    for part in written.split(";"):
        words = part.split()
        while words and words[0] in {"then", "else", "{"}:
            words = words[1:]
        if words and not words[0].startswith("#"):
            yield " ".join(words)


def _closed(condition: Condition, line: int) -> Iterator[Condition]:
    if condition.operands or condition.worded:
        yield msgspec.structs.replace(condition, end=line)


def _by_itself(part: str, here: Condition, known: _Variables, opened: list[Condition]) -> Iterator[Condition]:
    """Yield a comparison that ends the run without an ``if``, and an output that is written where one decides.

    What a variable is taken from is remembered: the names that a comparison compares, or the words of a command.
    """
    name, _, value = part.partition("=")
    if value and name.isidentifier():
        words = _WORD.findall(value) if "$(" in value else ()
        decided = opened[-1].operands if opened and not words else ()
        before = known.told.get(name.lower(), ()) if opened else ()
        known.told[name.lower()] = _operands(value, known) or tuple(dict.fromkeys((*before, *decided)))
        known.taken[name.lower()] = tuple(word.lower().lstrip(".") for word in words)[:_MOST]
        known.printed.update((name.lower(),) if any(word in value for word in _PYTHON) else ())
    elif part.startswith(_SAYING) and any(sign in part for sign in _WRITES):
        yield from _written(part, here, known, opened)
    else:
        yield from _guarding(part, here, known)
        asked = next((part.partition(sign)[0] for sign in ("||", "&&") if f"{sign} exit " in part), "")
        fails = asked or (part if part.startswith("awk ") and "exit" in part else "")
        yield from _with(here, _operands(fails, known), stops="run")


def _written(part: str, here: Condition, known: _Variables, opened: list[Condition]) -> Iterator[Condition]:
    """Yield an output that is written where a comparison decides, or that is what a program printed."""
    name, value = _output(part)
    if opened and name:
        yield from _with(here, opened[-1].operands, kept=(name,))
    elif name and (any(word in value for word in _PYTHON) or not known.printed.isdisjoint(_named(value))):
        yield msgspec.structs.replace(here, kept=(name,), worded=(_PRINTED,))


def _output(part: str) -> tuple[str, str]:
    """Return the name and value that ``echo`` gives to an output or a variable of later steps."""
    for before, between in _COMMANDS:
        _, found, rest = part.partition(before)
        if found:
            name, _, value = rest.partition(between)
            return name.partition(";")[0], value
    name, _, value = part.partition("=")
    return name.rpartition(" ")[2].strip("\"'"), value


def _guarding(part: str, here: Condition, known: _Variables) -> Iterator[Condition]:
    """Yield a test for a word that the rest of its line hangs on, or what follows: ``[ $GOOD = true ] || exit 0``."""
    test, _, rest = part.partition("||" if "||" in part else "&&")
    asked = _worded(test, known) if rest else ()
    if asked:
        stops = "" if "||" not in part else "unit" if rest.strip() == "exit 0" else "run" if "exit" in rest else ""
        yield msgspec.structs.replace(here, operands=_operands(test, known), worded=asked, stops=stops)


def _with(here: Condition, operands: tuple[str, ...], **said: object) -> Iterator[Condition]:
    if operands:
        yield msgspec.structs.replace(here, operands=operands, **said)


def _operands(part: str, known: _Variables) -> tuple[str, ...]:
    """Return the variables that a test compares by their order with what they are taken from, or what told them."""
    words = frozenset(_WORD.findall(part))
    names = _named(part)
    by_order = not words.isdisjoint(_TESTS) or (("<" in part or ">" in part) and not words.isdisjoint(_RECKONING))
    taken = (word for name in names for word in known.taken.get(name, ()))
    told = (word for name in names for word in known.told.get(name, ()))
    return tuple(dict.fromkeys((*((*names, *taken) if by_order else ()), *told)))


def _worded(part: str, known: _Variables) -> tuple[str, ...]:
    """Return the variables that a test holds against a word, and that one of them is what a program printed."""
    words = part.split()
    if not words or words[0] not in _BRACKETS or _SAMENESS.isdisjoint(words):
        return ()
    raw = [name for found in _NAMES.findall(part) for name in found if name]
    small = [name.lower() for name in raw]
    printed = any(word in part for word in _PYTHON) or not known.printed.isdisjoint(small)
    return tuple(dict.fromkeys((*raw, *small, *((_PRINTED,) if printed else ()))))


def _named(part: str) -> list[str]:
    return [name.lower() for found in _NAMES.findall(part) for name in found if name]
