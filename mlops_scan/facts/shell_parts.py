"""Lines of shell text as words between operators: read by `shlex`, and split at blanks where it cannot read them."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PIPES = frozenset({"|", "|&"})
_OPERATORS = frozenset({"&&", "||", ";", "|", "&", "|&", ";;", "(", ")", "{", "}"})
_WRITING = frozenset({">", ">>", ">|", "&>", "&>>"})
_EXPRESSION = re.compile(r"\$\{\{[^}]*\}\}|\$\([^()]*\)")


class Part(NamedTuple):
    """Words between two operators, the operator that ends them, and the file that the output goes to."""

    words: list[str]
    end: str
    into: str = ""


def parts_of(line: str) -> list[Part]:
    """Return the commands of a line."""
    parts: list[Part] = []
    words: list[str] = []
    into, redirected, listing = "", "", False
    for word in _words(line):
        if listing or (word == "(" and words and words[-1].endswith("=")):
            listing = not word.startswith(")")  # an array is a list of words, and none of them runs
            if word[1:] in _OPERATORS:
                parts.append(Part(words, word[1:], into))
                words, into = [], ""
        elif redirected:
            into, redirected = (word if redirected in _WRITING else into), ""
        elif word in _OPERATORS:
            parts.append(Part(words, word, into))
            words, into = [], ""
        elif word[:1] in {"<", ">"} or word.startswith("&>"):
            errors = words[-1:] == ["2"]
            words = words[:-1] if errors or words[-1:] == ["1"] else words
            redirected = ("2" if errors else "") + word if set(word) <= set("<>&|") else ""
        else:
            words.append(word)
    parts.append(Part(words, "", into))
    return [part for part in parts if part.words]


def _words(line: str) -> list[str]:
    """Return the words of a line; expressions of CI systems stay one word."""
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[0].replace(" ", ""))
        return f"__expression_{len(held) - 1}__"

    line = _EXPRESSION.sub(hold, line)
    lexer = shlex.shlex(line, posix=True, punctuation_chars="();<>|&")
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        words = list(_until_comment(lexer))
    except ValueError:
        words = line.split()
    return [_released(word, held) for word in words]


def _until_comment(lexer: shlex.shlex) -> Iterator[str]:
    for word in lexer:
        if word.startswith("#"):
            return
        yield word


def _released(word: str, held: list[str]) -> str:
    if "__expression_" not in word:
        return word
    for number, text in enumerate(held):
        word = word.replace(f"__expression_{number}__", text)
    return word
