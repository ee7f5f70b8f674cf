"""Python 2 as Python 3 reads it: the statements and literals that only the older language has.

Lines stay what they are. What follows is known: ``print x``, ``exec x``, ``except A, e``, ``raise A, "x"``, ``a <> b``,
`` `x` ``, ``lambda (k, v): v``, ``0755``, ``10L``, ``ur"x"``, and tabs beside blanks.
Source: https://docs.python.org/3/whatsnew/3.0.html
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTES = frozenset("\"'")
_DIGITS = frozenset("0123456789.")
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_FILLED = '"'
_TAB = 8
# Python itself reads no more than a hundred levels
_DEEPEST = 100 * _TAB
# words behind which a call's name was meant, not the statement
_NAMED = frozenset({"and", "else", "for", "if", "in", "is", "or"})
_CALLED = frozenset({"print", "exec"})
_PARENTHESES = frozenset("()")
_BEFORE_STATEMENT = frozenset("\n;:")


def plain(source: str) -> str:
    """Return source text of Python 2 as Python 3 reads it; other text may come back as no Python at all."""
    source = "\n".join(map(_indented, source.split("\n")))
    bare = _bare(source)
    edits = [edit for start, end in pairwise(_ends(bare)) for edit in _statement(bare, start, end)]
    edits += _words(bare)
    return _edited(source, sorted(edits))


def _indented(line: str) -> str:
    rest = line.lstrip(" \t")
    blanks = line[: len(line) - len(rest)]
    return (blanks.expandtabs(_TAB) if len(blanks) < _DEEPEST else blanks) + rest


def _bare(source: str) -> str:
    """Return the text with what strings and comments hold filled, so that what is left is code."""
    letters = list(source)
    at = 0
    while at < len(letters):
        letter = letters[at]
        end = _comment(source, at) if letter == "#" else _string(source, at) if letter in _QUOTES else at + 1
        if end > at + 1:
            letters[at:end] = (" " if letter == "#" else _FILLED) * (end - at)
        at = end
    return "".join(letters)


def _comment(source: str, at: int) -> int:
    end = source.find("\n", at)
    return len(source) if end < 0 else end


def _string(source: str, at: int) -> int:
    """Return where the string ends that begins here."""
    quote = source[at] * 3 if source.startswith(source[at] * 3, at) else source[at]
    end = at + len(quote)
    while end < len(source) and not source.startswith(quote, end):
        if len(quote) == 1 and source[end] == "\n":
            return end
        end += 2 if source[end] == "\\" else 1
    return min(end + len(quote), len(source))


def _ends(bare: str) -> Iterator[int]:
    """Yield where statements begin and end: at the end of a line, a semicolon or a colon, outside brackets."""
    depth = 0
    yield 0
    for at, letter in enumerate(bare):
        if letter in _OPEN:
            depth += 1
        elif letter in _CLOSE:
            depth = max(depth - 1, 0)
        elif letter in _BEFORE_STATEMENT and not depth and bare[at - 1 : at] != "\\":
            yield at + 1
    yield len(bare) + 1


def _statement(bare: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield what to change in a statement: from where, how many letters, and what stands there instead."""
    text = bare[start : end - 1]
    body = text.lstrip(" \t\\\n")
    begin = start + len(text) - len(body)
    word = body[: _word_end(body, 0)]
    rest = body[len(word) :].lstrip()
    last = begin + len(body.rstrip())
    if word in _CALLED and rest and _said(rest):
        yield begin + len(word), int(body[len(word)].isspace()), "("
        yield last, 0, ")"
    elif word == "except" and (comma := _comma(body)) > 0:
        yield begin + comma, 1, " as "
    elif word == "raise" and _comma(body) > 0:
        yield begin + len(word), 1, " ("
        yield last, 0, ")"


def _said(rest: str) -> bool:
    """Tell whether what follows a word is what it is given, not an operator or another part of an expression."""
    return (rest[0].isalnum() or rest[0] in '_`{"') and rest[: _word_end(rest, 0)] not in _NAMED


def _comma(body: str) -> int:
    """Return where the first comma outside brackets is, or -1."""
    depth = 0
    for at, letter in enumerate(body):
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if letter == "," and not depth:
            return at
    return -1


def _words(bare: str) -> Iterator[tuple[int, int, str]]:
    """Yield what to change in numbers, prefixes, operators and the parameters of lambdas, wherever they stand."""
    at, unpacks = 0, False
    while at < len(bare):
        end = max(_word_end(bare, at), at + 1)
        if bare.startswith("<>", at):
            yield at, 2, "!="
        elif bare[at] == "`" or (unpacks and bare[at] in _PARENTHESES):
            yield at, 1, " "
        elif bare[at] == ":":
            unpacks = False
        elif bare[at:end] == "lambda":
            unpacks = bare.startswith("(", _blanks_end(bare, end))
        yield from _word(bare, at, end)
        at = end


def _word_end(bare: str, at: int) -> int:
    while at < len(bare) and (bare[at].isalnum() or bare[at] == "_"):
        at += 1
    return at


def _blanks_end(bare: str, at: int) -> int:
    while bare.startswith(" ", at):
        at += 1
    return at


def _word(bare: str, at: int, end: int) -> Iterator[tuple[int, int, str]]:
    word = bare[at:end]
    digits = word.rstrip("lL")
    if word[0].isdigit() and digits != word:
        yield end - 1, 1, " "
    if word[0] == "0" and digits.isdigit() and digits.strip("0") and not _goes_on(bare, at, end):
        yield at, 1, "0o"
    elif word.lower() == "ur" and bare[end : end + 1] == _FILLED:
        yield at, 1, " "


def _goes_on(bare: str, at: int, end: int) -> bool:
    """Tell whether digits are a part of a number with a point or an exponent: ``1.05``, ``1e-05``."""
    exponent = (
        bare[at - 1 : at] in {"-", "+"} and bare[at - 2 : at - 1] in {"e", "E"} and bare[at - 3 : at - 2] in _DIGITS
    )
    return exponent or "." in {bare[at - 1 : at], bare[end : end + 1]}


def _edited(source: str, edits: list[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, length, text in edits:
        if start >= at:
            parts += [source[at:start], text]
            at = start + length
    return "".join((*parts, source[at:]))
