"""Reads JavaScript and TypeScript that may hold models: what is imported, and what is called of it.

Most code in these languages holds none, and lexing it would take longer than all else: only a file with a word by which
models are made, read back or asked is read further.

Source of the form: https://tc39.es/ecma262/#sec-imports
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import learners
from mlops_scan.facts.javascript_tests import PLACES
from mlops_scan.facts.kinds import Call, Import, Reading
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import Token, tokens
from mlops_scan.globs import matcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = ("*.js", "*.jsx", "*.mjs", "*.ts", "*.tsx")

_ENOUGH = 60_000
_NEAR = 40
_PARTS = 8
_LONGEST = 300  # ``a = a.b()`` makes names longer with every line
_WORDS = (
    *(b".fit", b".train", b".predict", b".classify", b"Model(", b"InferenceSession", b"pipeline(", b"ml5."),
    *(b"-models/", b"cocoSsd", b".estimate", b"loadFrom", b"tmImage", b"@mediapipe/", b".propagate(", b"categorize("),
)
_BUILT = (".min.js", ".bundle.js")
_DECLARING = frozenset({"const", "let", "var", "import"})
_NOT_MADE = frozenset({"await", "new"})
_is_test = matcher(tuple(f"*/{place}" for place in PLACES))


def read(path: str, data: bytes) -> Reading:
    """State the imports and calls of a file that may hold models; names of what is imported or made are resolved."""
    learns = learners.may_be(data)
    if not (learns or any(word in data for word in _WORDS)) or path.endswith(_BUILT) or _is_test("/" + path):
        return Reading()
    language = "typescript" if path.endswith(("ts", "tsx")) else "javascript"
    found = tokens(decode(data)[:_ENOUGH], language)
    made = learners.functions(found, bodies=True) if learns else ()
    return Reading((*_facts(found), *made))


def _facts(found: list[Token]) -> Iterator[Fact]:
    names: dict[str, str] = {}
    for number, token in enumerate(found):
        if token.kind != "name":
            continue
        if token.text in {"import", "require"}:
            yield from _imports(found, number, names)
        elif _text(found, number + 1) == "(":
            yield _call(found, number, names)


def _text(found: list[Token], number: int) -> str:
    return found[number].text if 0 <= number < len(found) else ""


def _imports(found: list[Token], number: int, names: dict[str, str]) -> Iterator[Import]:
    """Yield the module that is imported, and note what it and its members are called here, unless it has a path."""
    near = found[number + 1 : number + _NEAR]
    place = next((place for place, token in enumerate(near) if token.kind == "string"), -1)
    if place < 0 or near[place].text.startswith("."):
        return
    module = near[place].text
    bound = near[:place] if found[number].text == "import" else _before(found, number)
    inside = False
    for at, token in enumerate(bound):
        inside = (inside or token.text == "{") and token.text != "}"
        renamed = _text(bound, at + 1) in {"as", ":"}
        if token.kind == "name" and token.text not in {"as", "from", "type"} and not renamed:
            first = _text(bound, at - 2) if _text(bound, at - 1) in {"as", ":"} else token.text
            names[token.text] = f"{module}.{first}" if inside else module
    yield Import(line=found[number].line, name=module)


def _before(found: list[Token], number: int) -> list[Token]:
    """Return what stands between ``const`` and ``= require``."""
    start = number
    while start > max(number - _NEAR, 0) and found[start - 1].text not in {*_DECLARING, ";"}:
        start -= 1
    return [token for token in found[start:number] if token.text != "="]


def _call(found: list[Token], number: int, names: dict[str, str]) -> Call:
    """Return a call by its full name, and note what its result is assigned to: an object is named by what made it."""
    start, parts = _chain(found, number)
    dotted = ".".join(parts)
    known = next((place for place in range(len(parts), 0, -1) if ".".join(parts[:place]) in names), 0)
    if known:
        dotted = ".".join((names[".".join(parts[:known])], *parts[known:]))
    while _text(found, start - 1) in _NOT_MADE:
        start -= 1
    if _text(found, start - 1) == "=" and found[start - 2].kind == "name" and len(dotted) <= _LONGEST:
        first, target = _chain(found, start - 2)
        names[_text(found, first - 2) if _text(found, first - 1) == ":" else ".".join(target)] = dotted  # past its type
    return Call(line=found[number].line, name=dotted)


def _chain(found: list[Token], number: int) -> tuple[int, list[str]]:
    """Return where a dotted name begins that ends at a token, and its parts."""
    parts = [found[number].text]
    while (
        len(parts) < _PARTS
        and _text(found, number - 1) in {".", "?."}
        and number > 1
        and found[number - 2].kind == "name"
    ):
        number -= 2
        parts.insert(0, found[number].text)
    return number, parts
