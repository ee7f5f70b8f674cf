"""Source text of other languages as tokens, so that comments and strings are told from code."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 400_000
# Pygments takes the square of a run of white space in time; code has none of this length
_VOID = re.compile(r"\s{1000}")
# seconds of this thread, whatever else the machine does: a file that people wrote takes a tenth
PATIENCE = 3.0
# the clock is looked at once in so many tokens: a look costs as much as half a token
_OFTEN = 64


class SlowError(Exception):
    """A text for which Pygments takes the square of its length, or more, as no code that people wrote does."""


class Token(NamedTuple):
    """A piece of code: its line, whether it is a name, a string or other, and its text (a string's without quotes)."""

    line: int
    kind: str
    text: str


def tokens(text: str, language: str) -> list[Token]:
    """Return the tokens of source text, comments and white space left out; ``language`` as Pygments names it.

    What follows a thousand characters of white space is no code, and left out. Raises `SlowError`.
    """
    from pygments.token import Comment, String, Whitespace

    found: list[Token] = []
    line = 1
    token: Any  # a tuple of names that says by `in` whether it is below another, which its stubs do not
    for token, value in _lexed(_VOID.split(text, 1)[0], language):
        if token in String:
            found.append(Token(line, "string", value))
        elif token not in Comment and token not in Whitespace and value.strip():
            name = value.strip()
            kind = "name" if name[0].isalpha() or name[0] in "._@" else "other"
            found.append(Token(line + value[: len(value) - len(value.lstrip())].count("\n"), kind, name))
        line += value.count("\n")
    return _joined(found)


def _lexed(text: str, language: str) -> Iterator[tuple[Any, str]]:
    from pygments.lexers import get_lexer_by_name

    until = time.thread_time() + PATIENCE
    lexed = get_lexer_by_name(language, stripnl=False, ensurenl=False).get_tokens(text)
    for number, (token, value) in enumerate(lexed):
        if number % _OFTEN == 0 and time.thread_time() > until:
            raise SlowError
        yield token, value


def _joined(found: list[Token]) -> list[Token]:
    """Join the parts of one string (quotes are tokens of their own) on the same line."""
    joined: list[Token] = []
    for token in found:
        if token.kind == "string" and joined and joined[-1].kind == "string" and joined[-1].line == token.line:
            joined[-1] = Token(token.line, "string", joined[-1].text + token.text)
        else:
            joined.append(token)
    return [Token(t.line, t.kind, t.text.strip("\"'")) if t.kind == "string" else t for t in joined]
