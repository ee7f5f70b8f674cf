"""As much of GitHub's expressions as `action.yml` uses: names, strings, true and false, ==, !=, && and ||.

Source: https://docs.github.com/actions/reference/evaluate-expressions-in-workflows-and-actions.
"""

from __future__ import annotations

import re
from typing import Any

_TOKEN = re.compile(r"\s*(?:'((?:[^']|'')*)'|(==|!=|&&|\|\|)|([a-z][\w.-]*))", re.IGNORECASE)
_HOLE = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_WORDS = {"true": True, "false": False, "null": None}


def value(text: str, context: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the context holds
    words, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            message = f"not understood: {text[at:]}"
            raise ValueError(message)
        words.append(match.groups())
        at = match.end()
    return _any(words, context)


def filled(text: str, context: dict[str, Any]) -> str:
    return _HOLE.sub(lambda hole: _text(value(hole[1], context)), text)


def _any(words: list[Any], context: dict[str, Any]) -> Any:  # noqa: ANN401
    found = _all(words, context)
    while words and words[0][1] == "||":
        words.pop(0)
        other = _all(words, context)
        found = found or other
    return found


def _all(words: list[Any], context: dict[str, Any]) -> Any:  # noqa: ANN401
    found = _compared(words, context)
    while words and words[0][1] == "&&":
        words.pop(0)
        other = _compared(words, context)
        found = found and other
    return found


def _compared(words: list[Any], context: dict[str, Any]) -> Any:  # noqa: ANN401
    found = _atom(words.pop(0), context)
    if words and words[0][1] in {"==", "!="}:
        same = words.pop(0)[1] == "=="
        return _equal(found, _atom(words.pop(0), context)) == same
    return found


def _atom(word: tuple[str | None, ...], context: dict[str, Any]) -> Any:  # noqa: ANN401
    string, _, name = word
    if string is not None:
        return string.replace("''", "'")
    if name in _WORDS:
        return _WORDS[name]
    found: Any = context
    for part in str(name).split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _equal(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower()
    return _number(one) == _number(other) if type(one) is not type(other) else one == other


def _number(value: object) -> float:
    try:
        return float(value or 0)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return float("nan")


def _text(found: object) -> str:
    return "" if found is None else str(found).lower() if isinstance(found, bool) else str(found)
