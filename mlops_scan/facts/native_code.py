"""Reads C, C#, C++, Dart, Go, Rust and Swift that may hold models: what is imported, and what is called of it.

Most code in these languages holds none, and lexing it would take longer than all else: only a file with a word by which
models are made, read back or asked is read further.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import learners, native_imports
from mlops_scan.facts.kinds import Call, Definition, Import, Reading
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = ("*.c", "*.cc", "*.cpp", "*.cs", "*.cxx", "*.dart", "*.go", "*.h", "*.hpp", "*.rs", "*.swift")

_CPP = (b"optim::", b"::Session", b"::load", b"readNet", b"BuildFromFile")
_LANGUAGES = {
    "c": ("c", ()),
    "cc": ("cpp", _CPP),
    "cpp": ("cpp", _CPP),
    "cxx": ("cpp", _CPP),
    "h": ("cpp", ()),
    "hpp": ("cpp", _CPP),
    "cs": (
        "csharp",
        (
            *(b".Fit(", b".Train<", b"redictionModel", b"redictionEngine", b"InferenceSession", b".backward("),
            *(
                b".predict(",
                b".Predict(",
                b".Learn(",
                b".Model.Load(",
                b"YoloScorer",
                b"YoloPredictor",
                b"YoloV8",
                b"new Yolo",
                b"ReadNet",
            ),
        ),
    ),
    "dart": ("dart", (b"nterpreter.from", b"oadModel")),
    "go": ("go", (b".Fit(", b"avedModel", b".Predict", b"Session(", b".RunAll(", b"ReadNet", b".Train(", b".Learn(")),
    "rs": (
        "rust",
        (b".fit", b".backward", b".predict", b".forward", b"::fit(", b"Session::", b"afetensors", b"Learner"),
    ),
    "swift": ("swift", (b"MLModel", b"rainingData", b".prediction(", b"nterpreter(", b"CoreML")),
}
_BODIES = frozenset({"c", "cpp", "csharp", "dart"})  # no word says there that a function is defined
_ENOUGH = 60_000
_MAIN = b"\nfunc main()"
_NEAR = 24
_PARTS = 8
_LONGEST = 300  # ``a = a.b()`` makes names longer with every line
_BEFORE = frozenset({"await", "new", "try", "?", "!", "&", "mut", "ref", "const", "auto"})
_GIVES = frozenset({"=", ":="})
_ENDS = frozenset({"(", "=", ";", "{"})


def read(path: str, data: bytes) -> Reading:
    """State the imports and calls of a file that may hold models; names of what is imported or made are resolved."""
    language, words = _LANGUAGES[path.rpartition(".")[2]]
    learns = learners.may_be(data)
    program = tuple(_program(data)) if language == "go" else ()
    if not learns and not any(word in data for word in words):
        return Reading(program)
    found = joined(tokens(decode(data)[:_ENOUGH], language))
    made = learners.functions(found, bodies=language in _BODIES, qualified=language == "cpp") if learns else ()
    return Reading((*_facts(found, language), *made, *program))


def _program(data: bytes) -> Iterator[Definition]:
    """Yield the function that a program of Go starts with: its file may be called anything."""
    at = data.find(_MAIN)
    if at >= 0:
        line = data.count(b"\n", 0, at + 1) + 1
        yield Definition(line=line, name="main", kind="function", end=line)


def joined(found: list[Token]) -> list[Token]:
    """Write ``::`` and ``->`` as the dot that other languages have for them, and take dotted names apart."""
    joined: list[Token] = []
    for token in found:
        last = joined[-1].text if joined else ""
        if token.text == "::" or (last, token.text) in {(":", ":"), ("-", ">")}:
            if token.text != "::":
                joined.pop()
            joined.append(Token(token.line, "name", "."))
        elif token.kind == "name" and "." in token.text.strip("."):
            for place, part in enumerate(token.text.split(".")):
                joined.extend([Token(token.line, "name", ".")] if place else [])
                joined.append(Token(token.line, "name", part))
        else:
            joined.append(token)
    return joined


def _facts(found: list[Token], language: str) -> Iterator[Fact]:
    names: dict[str, str] = {}
    imports = native_imports.of(language)
    after = 0
    for number, token in enumerate(found):
        if number < after or token.kind != "name" or token.text == ".":
            continue
        brought, after = imports(found, number) if imports else ([], number)
        for name, full in brought:
            names[name] = full
            yield Import(line=token.line, name=full)
        if not brought:
            yield from _call(found, number, names)


def _text(found: list[Token], number: int) -> str:
    return found[number].text if 0 <= number < len(found) else ""


def _call(found: list[Token], number: int, names: dict[str, str]) -> Iterator[Call]:
    """Yield a call by its full name, and note what its result is assigned to: an object is named by what made it."""
    behind = _past_types(found, number + 1)
    made = found[behind] if behind < len(found) else None
    # ``ns::Class object(`` makes an object of a name, ``make_shared<ns::Class>(`` one that is held by another
    held = [_text(found, behind), _text(found, behind + 1)] == [">", "("]
    declares = made is not None and made.kind == "name" and made.text != "." and _text(found, behind + 1) in _ENDS
    if _text(found, behind) != "(" and not declares and not held:
        return
    start, parts = _chain(found, number)
    if (declares or held) and len(parts) == 1:
        return
    dotted = _resolved(parts, names)
    target = made.text if declares and made else _assigned(found, start)
    if target and len(dotted) <= _LONGEST:
        names[target] = dotted
    yield Call(line=found[number].line, name=dotted)


def _resolved(parts: list[str], names: dict[str, str]) -> str:
    known = next((place for place in range(len(parts), 0, -1) if ".".join(parts[:place]) in names), 0)
    first = (names[".".join(parts[:known])],) if known else ()
    return ".".join((*first, *parts[known:]))


def _past_types(found: list[Token], number: int) -> int:
    """Return what follows the types that a call is given: ``Make<A, B>(``, ``Make::<A>(``."""
    start = number + (_text(found, number) == "." and _text(found, number + 1) == "<")
    if _text(found, start) != "<":
        return number
    depth = 0
    for place in range(start, min(start + _NEAR, len(found))):
        depth += found[place].text.count("<") - found[place].text.count(">")
        if depth <= 0:
            return place + 1
    return number


def _assigned(found: list[Token], start: int) -> str:
    """Return the name that is given what is made at a token."""
    while _text(found, start - 1) in _BEFORE:
        start -= 1
    if _text(found, start - 1) not in _GIVES or start < 2:  # noqa: PLR2004 - a name and the sign
        return ""
    return found[start - 2].text if found[start - 2].kind == "name" else ""


def _chain(found: list[Token], number: int) -> tuple[int, list[str]]:
    """Return where a dotted name begins that ends at a token, and its parts; one behind brackets has an empty first."""
    parts = [found[number].text]
    while len(parts) < _PARTS and _text(found, number - 1) == "." and number > 1:
        number -= 2 - (_text(found, number - 2) in {"?", "!"})
        if found[number].kind != "name" or found[number].text == ".":
            return number, ["", *parts]
        parts.insert(0, found[number].text)
    return number, parts
