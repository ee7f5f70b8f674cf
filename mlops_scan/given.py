"""Where the value of a secret begins and ends in text whose language is not known: commands, settings, code.

A name is given its value by a sign, as an option, or as the next word of a command that sets it. In doubt a value is
longer: nothing of a secret may be left of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlops_scan import secret

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGN = re.compile(r"[\"'\]]{0,3}[ \t]*(?P<sign><-|=>|[:?+!=]?=|:-|:)[ \t]*|[\"']?(?P<gap>(?:[ \t]|\\\n)+)")
_FOLLOWING = re.compile(r"(?!-)\S*?[^\W_]")
# what stood before was a type: ``token: str = "hunter2"``
_TYPED = re.compile(r"[ \t]*=[ \t]*")
# words before the value itself: the scheme of a header, and what begins a block of YAML
_BEFORE = re.compile(r"(?:(?:basic|bearer|digest|token)[ \t]+|[|>][-+]?[ \t]*\n[ \t]*)(?=\S)", re.IGNORECASE)
_OPEN, _CLOSE, _QUOTES = "([{", ")]}", "\"'`"
# what follows a quoted value that is whole
_DONE = frozenset(" \t\n,;:)]}&|")
# a variable that is named, not given a value: ``docker run -e API_KEY image``
_BY_NAME = ("-e", "--env", "--build-arg")
# what makes a name a reference or a part of a path
_VARIABLE, _PATH = ("$", "${", "$(", "%"), "/"
_LONGEST_BEFORE = 12
# as `chains.links` says it: what follows its name is what the job runs
_JOB = "job "


def values(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the value of a secret begins and ends, from the left."""
    at, seen, quote = 0, 0, ""
    while found := secret.NAME.search(text, at):
        at = found.end()
        sign = _SIGN.match(text, at) if secret.names(found.group()) else None
        if sign is None or not _given(text, found, sign):
            continue
        quote, seen = _around(text, seen, sign.end(), quote), sign.end()
        start, at = _value(text, sign.end(), quote)
        if secret.told(found.group(), text[start:at]):
            yield start, at
        if typed := _TYPED.match(text, at):
            start, at = _value(text, typed.end(), quote)
            if secret.told(found.group(), text[start:at]):
                yield start, at


def _around(text: str, at: int, end: int, quote: str) -> str:
    """Return the quote that is open at ``end``, where ``quote`` was at ``at``; empty for none."""
    while at < end:
        char = text[at]
        if char == quote:
            quote = ""
        elif char in _QUOTES and not quote:
            quote = char
        at += 2 if char == "\\" else 1
    return quote


def _given(text: str, name: re.Match[str], sign: re.Match[str]) -> bool:
    """Tell whether a name is given a value here."""
    before = text[max(name.start() - _LONGEST_BEFORE, 0) : name.start()]
    if before == _JOB and name.start() == len(_JOB):
        return False
    if sign.group("sign"):
        return not (before.endswith((*_VARIABLE, _PATH)) and sign.group() == ":")
    if not _FOLLOWING.match(text, sign.end()):
        return False
    lead = before.rstrip("-")
    if lead != before:
        return not lead[-1:].isalnum()
    passed_on = before.rstrip().endswith(_BY_NAME) and before != before.rstrip()
    return secret.sets(name.group()) and not passed_on and not before.endswith((*_VARIABLE, _PATH))


def _value(text: str, at: int, outer: str) -> tuple[int, int]:
    """Return where a value begins and ends; quotes around all of it are not part of it, nor the ``outer`` one."""
    while before := _BEFORE.match(text, at):
        at = before.end()
    if text[at : at + 1] in tuple(_QUOTES):
        close = _closing(text, at)
        if _done(text, close):
            return at + 1, close
    end = _end(text, at, outer)  # which looks as far as a bracket is open
    while end > at + 1 and text[end - 1] in ",;":
        end -= 1
    return at, end


def _done(text: str, at: int) -> bool:
    """Tell whether nothing of a word follows a quote."""
    return at + 1 >= len(text) or text[at + 1] in _DONE


def _closing(text: str, at: int) -> int:
    """Return where the quote that opens here closes, or the end."""
    quote, at = text[at], at + 1
    while at < len(text) and text[at] != quote:
        at += 2 if text[at] == "\\" else 1
    return min(at, len(text))


def _past_escaped(text: str, at: int) -> int:
    """Return where what a backslash begins ends: a character, or a text between quotes that are escaped."""
    escaped = text[at : at + 2]
    close = text.find(escaped, at + 2) if escaped[1:] in tuple(_QUOTES) else at
    return close + 1 if close >= 0 else len(text)


def _end(text: str, start: int, outer: str) -> int:
    """Return where a word ends: at white space or what closes, outside its own quotes and brackets."""
    at, depth = start, 0
    while at < len(text):
        char = text[at]
        if char == outer and at > start and _done(text, at):
            return at
        if char == "\\":  # of a text within a text: ``"password=\\"hun ter2\\""``
            at = _past_escaped(text, at)
        elif char in _QUOTES:
            at = _closing(text, at)
        elif char in _OPEN:
            depth += 1
        elif char in _CLOSE and depth:
            depth -= 1
        elif not depth and (char.isspace() or char in _CLOSE):
            return at
        at += 1
    return min(at, len(text))
