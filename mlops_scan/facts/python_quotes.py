"""Quotes in the braces of f-strings that only Python 3.12 and later can read: ``f"{row["age"]}"``.

What older versions parse has the other quote there. Nothing else changes, neither lines nor columns.
"""

from __future__ import annotations

_OTHER = {'"': "'", "'": '"'}
_OPEN, _CLOSE = "{", "}"
_PREFIXES = frozenset({"f", "F", "fr", "fR", "Fr", "FR", "rf", "rF", "Rf", "RF"})


def plain(source: str) -> str:
    """Return source text with the quotes within f-strings as any version of Python reads them."""
    letters = list(source)
    at = 0
    while at < len(letters):
        letter = letters[at]
        if letter == "#":
            at = _until(letters, at, "\n")
        elif letter in _OTHER:
            at = _after_string(letters, at)
        else:
            at += 1
    return "".join(letters)


def _until(letters: list[str], at: int, end: str) -> int:
    while at < len(letters) and letters[at] != end:
        at += 1
    return at


def _after_string(letters: list[str], at: int) -> int:
    """Return where a string ends that begins at a quote, with what its braces quote changed."""
    quote, start = letters[at], at
    formatted = "".join(letters[_prefix(letters, at) : at]) in _PREFIXES
    if letters[at : at + 3] == [quote] * 3:
        return _after_long(letters, at + 3, quote)
    depth, at = 0, at + 1
    while at < len(letters) and letters[at] != "\n":
        letter = letters[at]
        if letter == "\\":
            at += 1
        elif letter == quote and depth:
            at = _swapped(letters, at, quote)
        elif letter == quote:
            return at + 1
        elif formatted and letter in {_OPEN, _CLOSE}:
            doubled = not depth and letters[at + 1 : at + 2] == [letter]
            depth += 0 if doubled else 1 if letter == _OPEN else -1
            at += doubled
        at += 1
    return max(at, start + 1)


def _prefix(letters: list[str], at: int) -> int:
    """Return where the letters in front of a quote begin."""
    begin = at
    while begin and (letters[begin - 1].isalnum() or letters[begin - 1] == "_"):
        begin -= 1
    return begin if at - begin <= len("rf") else at


def _after_long(letters: list[str], at: int, quote: str) -> int:
    while at < len(letters) and letters[at : at + 3] != [quote] * 3:
        at += 2 if letters[at] == "\\" else 1
    return at + 3


def _swapped(letters: list[str], at: int, quote: str) -> int:
    """Give a string within braces the other quotes, where it holds none of these; return where it ends."""
    end = at + 1
    while end < len(letters) and letters[end] not in {quote, "\n"}:
        end += 1
    if letters[end : end + 1] == [quote] and _OTHER[quote] not in letters[at:end]:
        letters[at] = letters[end] = _OTHER[quote]
    return end
