"""The facts of one file in the words of tool files: what a signature can ask of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mlops_scan import facts, masks, reading, spec
from mlops_scan.facts import kinds
from mlops_scan.reports.visible import visible
from mlops_scan.sources import roles

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNATURES = {signature.__struct_config__.tag: signature for signature in spec.AnySignature.__args__}
_HELD = {"with_": "arguments", "base": "bases", "operand": "operands"}
_WORDS = {"with_": "with"}
# said of hardly any call, and so shown only where it holds
_SELDOM = "parted"


def lines(path: str, data: bytes) -> Iterator[str]:
    """Yield the file itself, then its facts in order of line, then what could not be read; secrets are masked."""
    told = "" if facts.reads(path) else "; no reader knows a file of this name, so only its path can be asked for"
    yield _line(0, "file", f"path = {_quoted(path)}  (role {roles.role(path)}{told})")
    for _, found in reading.read_all([(path, data)], 1):
        yield from _stated(found)


def _stated(found: facts.Reading | facts.Diagnostic) -> Iterator[str]:
    read = found if isinstance(found, facts.Reading) else facts.Reading((), (found,))
    for fact in sorted(read.facts, key=lambda fact: fact.line):
        yield from _lines(fact)
    for diagnostic in read.diagnostics:
        yield _line(diagnostic.line, "unread", masks.masked(diagnostic.message))


def _line(line: int, kind: str, words: str) -> str:
    return visible(f"{line:>5}  {kind:<11}{words}")


def _lines(fact: kinds.Fact) -> Iterator[str]:
    """Yield the lines of a fact: one, and for a resource one more a setting; none where no signature can ask for it."""
    kind = str(type(fact).__struct_config__.tag)
    if kind not in _SIGNATURES or (isinstance(fact, kinds.Test) and not fact.asserts):
        return
    yield _line(fact.line, kind, "  ".join(_words(kind, fact)))
    if isinstance(fact, kinds.Resource):
        for setting in fact.settings:
            told = masks.value(setting.key, setting.value)
            asked = f"key = {_quoted(setting.key)}  value = {_quoted(told)}"
            yield _line(setting.line, kind, f"kind = {_quoted(fact.kind)}  {asked}")


def _words(kind: str, fact: kinds.Fact) -> Iterator[str]:
    for key in _SIGNATURES[kind].__struct_fields__:
        value: Any = getattr(fact, _HELD.get(key, key), None)
        word = _WORDS.get(key, key)
        if isinstance(value, dict):
            yield from (f"{word}.{name} = {_quoted(masks.value(name, text))}" for name, text in value.items())
        elif isinstance(value, tuple):
            yield from (f"{word} = {_quoted(masks.masked(text))}" for text in value)
        elif isinstance(value, str) and value:
            yield f"{word} = {_quoted(masks.value(_named(fact) if key == 'value' else '', value))}"
        elif value not in {None, ""} and (value or key != _SELDOM):
            yield f"{word} = {_quoted(value)}"


def _named(fact: kinds.Fact) -> str:
    """Return the name under which a fact states its value."""
    return getattr(fact, "key", "") or getattr(fact, "name", "")


def _quoted(value: str | bool) -> str:  # noqa: FBT001 - a value of a fact, as TOML writes it
    return json.dumps(value, ensure_ascii=False)
