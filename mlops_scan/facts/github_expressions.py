"""GitHub's expression language, evaluated as far as it can be known: what depends on the run stays unknown.

Source of the language: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

import itertools
import json
import math
import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_TEXT = 2000
MAX_DEPTH = 30


class Unknown(NamedTuple):
    """A value that only the run knows; perhaps how its text begins, and whether it counts as true."""

    prefix: str = ""
    truth: bool | None = None


Value: TypeAlias = "str | float | bool | Unknown | list[Value] | None"
Function: TypeAlias = "Callable[[list[Value]], Value]"
UNKNOWN = Unknown()
_TOKEN = re.compile(r"\s*('(?:[^']|'')*'|&&|\|\||[=!<>]=|[!<>()\[\],]|\.\*|\.?[\w-]+(?:\.\d+)?|.)")
_NUMBER = re.compile(r"-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)$")
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None}
_COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">="})


class _NotReadError(ValueError):
    """The text is no expression."""


def condition(text: str, known: Mapping[str, Value]) -> bool | None:
    """Tell whether an ``if:`` holds, given the contexts that are known by their dotted names; None where unsure."""
    inner = text.strip()
    if inner.startswith("${{") and inner.endswith("}}") and inner.count("${{") == 1:
        inner = inner[3:-2]
    elif "${{" in inner:  # a text with expressions in it is never empty
        return True
    return truth(evaluate(inner, known)) if inner.strip() else None


def evaluate(text: str, known: Mapping[str, Value], functions: Mapping[str, Function] | None = None) -> Value:
    """Return the value of an expression; contexts that are not known, and what is no expression, are unknown.

    ``functions`` are those of another language of the same form, by their names in lower case.
    """
    if len(text) > MAX_TEXT:
        return UNKNOWN
    reader = _Reader([found[1] for found in _TOKEN.finditer(text.strip())], known, functions or FUNCTIONS)
    try:
        value = reader.either_of(0)
    except _NotReadError:
        return UNKNOWN
    return UNKNOWN if reader.tokens else value


def outputs(text: str) -> tuple[str, ...]:
    """Return the outputs of steps and jobs that an expression names: ``steps.gate.outputs.accepted``."""
    tokens = [found[1] for found in _TOKEN.finditer(text[:MAX_TEXT])] if ".outputs." in text else []
    following = itertools.pairwise(tokens)
    return tuple(dict.fromkeys(name.removeprefix(".") for before, name in following if before == ".outputs"))


# how a text asks whether a step did not fail
_GOES_ON = ('=="success"', '!="failure"')


def outcomes(text: str) -> tuple[str, ...]:
    """Return the steps whose outcome a text asks for, but to go on: ``steps.test.outcome == 'failure'``."""
    parts = text[:MAX_TEXT].replace("'", '"').split(".outcome")
    asked = itertools.pairwise(parts)
    return tuple(
        before.rpartition("steps.")[2].lower()
        for before, behind in asked
        if not "".join(behind.split()).replace("}}", "").startswith(_GOES_ON)
    )


def variables(text: str) -> tuple[str, ...]:
    """Return the variables of the environment that an expression names: ``env.ACCEPTED``."""
    tokens = [found[1] for found in _TOKEN.finditer(text[:MAX_TEXT])] if "env." in text else []
    following = itertools.pairwise(tokens)
    return tuple(dict.fromkeys(name[1:] for before, name in following if before == "env" and name.startswith(".")))


def truth(value: Value) -> bool | None:
    """Tell whether a value counts as true."""
    if isinstance(value, Unknown):
        return True if value.prefix else value.truth
    return isinstance(value, list) or (bool(value) and value == value)  # noqa: PLR0124 - not a number is not itself


class _Reader:
    """Reads the tokens from the front and evaluates on the way; nothing here has effects to be skipped."""

    def __init__(self, tokens: list[str], known: Mapping[str, Value], functions: Mapping[str, Function]) -> None:
        self.tokens = tokens
        self.known = known
        self.functions = functions

    def take(self, expected: str = "") -> str:
        if not self.tokens or (expected and self.tokens[0] != expected):
            raise _NotReadError
        return self.tokens.pop(0)

    def follows(self, token: str) -> bool:
        return self.tokens[:1] == [token]

    def either_of(self, depth: int) -> Value:
        value = self.both_of(depth)
        while self.follows("||"):
            self.take()
            value = either(value, self.both_of(depth))
        return value

    def both_of(self, depth: int) -> Value:
        value = self.compared(depth)
        while self.follows("&&"):
            self.take()
            value = both(value, self.compared(depth))
        return value

    def compared(self, depth: int) -> Value:
        value = self.negated(depth)
        while self.tokens and self.tokens[0] in _COMPARISONS:
            value = _compare(value, self.take(), self.negated(depth))
        return value

    def negated(self, depth: int) -> Value:
        if depth > MAX_DEPTH:
            raise _NotReadError
        if self.follows("!"):
            self.take()
            holds = truth(self.negated(depth + 1))
            return UNKNOWN if holds is None else not holds
        return self.single(depth + 1)

    def single(self, depth: int) -> Value:
        word = self.take()
        if word == "(":
            value = self.either_of(depth)
            self.take(")")
            return value
        if word.startswith("'"):
            return word[1:-1].replace("''", "'")
        if word.lower() in _WORDS:
            return _WORDS[word.lower()]
        if _NUMBER.match(word):
            return float(int(word, 16)) if "0x" in word else float(word)
        if not (word[0].isalpha() or word[0] == "_"):
            raise _NotReadError
        if self.follows("("):
            function, given = self.functions.get(word.lower()), self.arguments(depth)
            return function(given) if function is not None else UNKNOWN
        return self.context(word, depth)

    def arguments(self, depth: int) -> list[Value]:
        self.take("(")
        found: list[Value] = []
        while not self.follows(")"):
            found.append(self.either_of(depth))
            if not self.follows(")"):
                self.take(",")
        self.take(")")
        return found

    def context(self, name: str, depth: int) -> Value:
        while self.tokens and (self.tokens[0] == "[" or (self.tokens[0].startswith(".") and len(self.tokens[0]) > 1)):
            if self.follows("["):
                self.take()
                key = self.either_of(depth)
                self.take("]")
                name += f".{key}" if isinstance(key, str) else ".*"
            else:
                name += self.take()
        return _known(name.lower(), self.known)


def _known(name: str, known: Mapping[str, Value]) -> Value:
    """Return a context's value, or what is known of everything below the same context (``inputs.*``)."""
    if name in known:
        return known[name]
    while "." in name:
        name = name.rpartition(".")[0]
        if f"{name}.*" in known:
            return known[f"{name}.*"]
    return UNKNOWN


def either(left: Value, right: Value) -> Value:
    """Return what ``left || right`` is."""
    first, second = truth(left), truth(right)
    if first is None:
        return Unknown(truth=True if second else None)
    return left if first else right


def both(left: Value, right: Value) -> Value:
    """Return what ``left && right`` is."""
    first, second = truth(left), truth(right)
    if first is None:
        return False if second is False else UNKNOWN
    return right if first else left


def _compare(left: Value, operator: str, right: Value) -> Value:
    if operator in {"==", "!="}:
        same = equal(left, right)
        return UNKNOWN if same is None else same == (operator == "==")
    if isinstance(left, (Unknown, list)) or isinstance(right, (Unknown, list)):
        return UNKNOWN
    first, second = _number(left), _number(right)
    return {"<": first < second, ">": first > second, "<=": first <= second, ">=": first >= second}[operator]


def equal(left: Value, right: Value) -> bool | None:
    """Compare loosely, as GitHub does: texts without case, different types as numbers."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        prefix = left.prefix if isinstance(left, Unknown) else right.prefix if isinstance(right, Unknown) else ""
        other = right if isinstance(left, Unknown) else left
        return False if prefix and isinstance(other, str) and not other.startswith(prefix) else None
    if isinstance(left, list) or isinstance(right, list):
        return None
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    return _number(left) == _number(right)


def _number(value: str | float | None) -> float:
    if isinstance(value, str):
        return float(value) if _NUMBER.match(value) and "x" not in value else math.nan if value.strip() else 0.0
    return float(value or 0)


def _starts_with(given: list[Value]) -> Value:
    text, start = (*given, None, None)[:2]
    if not isinstance(start, str):
        return UNKNOWN
    if isinstance(text, Unknown):
        if text.prefix.startswith(start):
            return True
        return UNKNOWN if start.startswith(text.prefix) else False
    return _text(text).lower().startswith(start.lower())


def _ends_with(given: list[Value]) -> Value:
    text, end = (*given, None, None)[:2]
    return _text(text).lower().endswith(end.lower()) if _is_known(text) and isinstance(end, str) else UNKNOWN


def _contains(given: list[Value]) -> Value:
    where, what = (*given, None, None)[:2]
    if isinstance(where, list):
        same = [equal(item, what) for item in where]
        return True if True in same else UNKNOWN if None in same else False
    return _text(what).lower() in _text(where).lower() if _is_known(where) and _is_known(what) else UNKNOWN


def _from_json(given: list[Value]) -> Value:
    try:
        value = json.loads(given[0]) if given and isinstance(given[0], str) else UNKNOWN
    except (ValueError, RecursionError):
        return UNKNOWN
    plain = value is None or isinstance(value, (str, bool, int, float))
    scalars = isinstance(value, list) and all(item is None or isinstance(item, (str, bool, int)) for item in value)
    return value if plain or scalars else UNKNOWN


def _is_known(value: Value) -> bool:
    return not isinstance(value, (Unknown, list))


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    return value if isinstance(value, str) else ""


# a run that gets as far has succeeded, unless it says otherwise
FUNCTIONS: dict[str, Function] = {
    "always": lambda _: True,
    "success": lambda _: Unknown(truth=True),
    "startswith": _starts_with,
    "endswith": _ends_with,
    "contains": _contains,
    "fromjson": _from_json,
}
