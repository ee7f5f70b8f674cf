"""What runs what in R: the function or test around each piece of code, and the scripts that it runs."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlops_scan.facts.tokens import Token

_ASSIGNING = frozenset({"<-", "=", "<<-"})
_PAIRS = {"(": ")", "{": "}"}
_RUNNING = frozenset({"knit", "plumb", "pr", "render", "rscript", "source", "sys.source"})
# what stands between the parts of a path: calls that join them, seen from where the project is
_JOINING = frozenset({"(", ",", "::", "file.path", "here"})
_SCRIPTS = (".R", ".r", ".Rmd")
_NEAR = 20


def around(found: list[Token]) -> list[str]:
    """Return, for each token, the outermost named function or test that it stands in; empty outside of all."""
    units = [""] * len(found)
    closing = _closing(found)
    number = argued = 0
    while number < len(found):
        if found[number].text == "(":
            argued = max(argued, closing.get(number, number))
        argument = number < argued and found[number + 1].text == "="  # it is called by what gets it
        name, end = ("", number) if argument else _begins(found, number, closing)
        if name:
            units[number + 1 : end] = [name] * (end - number - 1)
        number = end if name else number + 1
    return units


def _begins(found: list[Token], number: int, closing: dict[int, int]) -> tuple[str, int]:
    """Return the name of the function or test that is defined at a token, and where it ends."""
    after = [token.text for token in found[number + 1 : number + 4]]
    if found[number].text.endswith("test_that") and after[:1] == ["("]:
        return (after[1] if after[1:] else ""), closing.get(number + 1, len(found))
    if found[number].kind != "name" or after[:1] == [] or after[0] not in _ASSIGNING or after[1:] != ["function", "("]:
        return "", number
    body = closing.get(number + 3, len(found) - 1) + 1
    return found[number].text, closing[body] + 1 if body in closing else _line(found, body)


def _line(found: list[Token], body: int) -> int:
    """Return where a function ends that has no braces: with its line."""
    end = body
    while end < len(found) and found[end].line == found[body].line:
        end += 1
    return end


def _closing(found: list[Token]) -> dict[int, int]:
    """Return the places of opening brackets, each with that of the one that closes it."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for number, token in enumerate(found):
        if token.kind == "other" and token.text in _PAIRS:
            stack.append(number)
        elif stack and token.kind == "other" and token.text == _PAIRS[found[stack[-1]].text]:
            pairs[stack.pop()] = number
    return pairs


def script(found: list[Token], number: int) -> str:
    """Return the script or report that a call at a token runs, where its path is written there; else nothing."""
    if found[number].text not in _RUNNING:
        return ""
    parts: list[str] = []
    for token in found[number + 2 : number + _NEAR]:
        if token.kind == "string":
            parts.append(token.text)
        elif token.text not in _JOINING:
            break
    path = posixpath.normpath("/".join(parts)) if parts else ""
    return path if path.endswith(_SCRIPTS) else ""
