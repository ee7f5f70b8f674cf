"""Templates of cookiecutter, copier and their like, and ``*.tmpl`` files of Go, read as what they generate.

Sources: https://jinja.palletsprojects.com/en/stable/templates/, https://pkg.go.dev/text/template and
https://docs.databricks.com/aws/en/dev-tools/bundles/templates
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlops_scan.facts.helm_templates import actions
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BYTES = 500_000
_MARKS = (b"{%", b"{{")
_OPENING = frozenset({"if", "for", "block", "macro", "call", "filter", "with"})
_OPENING_GO = frozenset({"if", "with", "range", "define", "block"})
_NAME = re.compile(r"[A-Za-z_]\w*")
_OTHERWISE = frozenset({"else", "elif"})
_TAGS = ("block", "variable", "comment")


def generated(data: bytes) -> bytes | None:
    """Return what a template generates where all its conditions hold, line by line; None for any other text.

    What an expression gives is named after it: ``{{ cookiecutter.name }}`` is ``cookiecutter_name``.
    """
    if len(data) > MAX_BYTES or not any(mark in data for mark in _MARKS):
        return None
    from jinja2 import Environment, TemplateSyntaxError

    try:
        tokens = Environment(autoescape=True).lex(decode(data))
        return "".join(_written(tokens)).encode()
    except TemplateSyntaxError:
        return None


def generated_by_go(data: bytes) -> bytes:
    """Return what a Go template generates where all its conditions hold, line by line, as `generated` does."""
    branches, parts = _Branches(), list[str]()
    for action in actions(decode(data)):
        parts.append("\n" * action.before.count("\n") if branches.left_out else action.before)
        word, _, rest = action.body.partition(" ")
        if word in _OPENING_GO or word in _OTHERWISE or word == "end":
            branches.take("if" if word in _OPENING_GO else word)
        elif not branches.left_out and not action.body.startswith(("/", "$", "-")):
            parts.append("_".join(_NAME.findall(rest if word == "template" else action.body)))
        parts.append("\n" * action.lines)
    return "".join(parts).encode()


def _written(tokens: Iterable[tuple[int, str, str]]) -> Iterator[str]:
    """Yield the parts of the text, with a line end for each that a tag or a branch left out took away."""
    line, branches, words = 1, _Branches(), list[str]()
    for number, kind, value in tokens:
        if line < number:
            yield "\n" * (number - line)
            line = number
        text = value if kind == "data" else ""
        if kind.endswith("_begin"):
            words = []
        elif kind == "name":
            words.append(value)
        elif kind == "variable_end":
            text = "_".join(words) + value.partition("}}")[2]
        elif kind.endswith("_end") and kind.startswith(_TAGS):
            text = value.partition("}")[2]
            if kind == "block_end" and words:
                branches.take(words[0])
        if branches.left_out:
            text = "\n" * text.count("\n")
        yield text
        line += text.count("\n")


class _Branches:
    """Which blocks are open, and how many of them are in a branch that is left out."""

    def __init__(self) -> None:
        self.open: list[bool] = []
        self.left_out = 0

    def take(self, word: str) -> None:
        """Take the first word of a tag."""
        if word in _OPENING:
            self.open.append(False)
        elif word in _OTHERWISE and self.open:
            self.left_out += not self.open[-1]
            self.open[-1] = True
        elif word.startswith("end") and self.open:
            self.left_out -= self.open.pop()
