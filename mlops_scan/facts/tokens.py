"""Source text of other languages as tokens, so that comments and strings are told from code."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

MAX_BYTES = 400_000
# Pygments takes the square of a run of white space in time; code has none of this length
_VOID = re.compile(r"\s{1000}")


class Token(NamedTuple):
    """A piece of code: its line, whether it is a name, a string or other, and its text (a string's without quotes)."""

    line: int
    kind: str
    text: str


def tokens(text: str, language: str) -> list[Token]:
    """Return the tokens of source text, comments and white space left out; ``language`` as Pygments names it.

    What follows a thousand characters of white space is no code, and left out.
    """
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Comment, String, Whitespace

    found: list[Token] = []
    line = 1
    token: Any  # a tuple of names that says by `in` whether it is below another, which its stubs do not
    for token, value in get_lexer_by_name(language, stripnl=False, ensurenl=False).get_tokens(_VOID.split(text, 1)[0]):
        if token in String:
            found.append(Token(line, "string", value))
        elif token not in Comment and token not in Whitespace and value.strip():
            name = value.strip()
            kind = "name" if name[0].isalpha() or name[0] in "._@" else "other"
            found.append(Token(line + value[: len(value) - len(value.lstrip())].count("\n"), kind, name))
        line += value.count("\n")
    return _joined(found)


def _joined(found: list[Token]) -> list[Token]:
    """Join the parts of one string (quotes are tokens of their own) on the same line."""
    joined: list[Token] = []
    for token in found:
        if token.kind == "string" and joined and joined[-1].kind == "string" and joined[-1].line == token.line:
            joined[-1] = Token(token.line, "string", joined[-1].text + token.text)
        else:
            joined.append(token)
    return [Token(t.line, t.kind, t.text.strip("\"'")) if t.kind == "string" else t for t in joined]
