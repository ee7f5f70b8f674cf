"""Reads Scala, Java and Kotlin: imports, calls on imported classes and what they were made of, tests."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from mlops_scan.facts import jvm_tests, learners
from mlops_scan.facts.kinds import Call, Definition, Import, Reading
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import MAX_BYTES, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = ("*.scala", "*.java", "*.kt")

_LANGUAGES = {"scala": "scala", "java": "java", "kt": "kotlin"}
_IMPORTS = frozenset({"import", "import static"})  # Java's lexer hands over both words as one
_BRINGS = "load"  # what a class loads is an object of that class


def read(path: str, data: bytes) -> Reading:
    """State imports, calls and tests; calls on objects of unknown class are named ``.method``."""
    if len(data) > MAX_BYTES:
        return Reading()
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    found = tokens(decode(data), _LANGUAGES[ending])
    whole = (Definition(line=1, name=stem, kind="module", end=0),) if found else ()
    made = learners.functions(found, bodies=ending == "java") if learners.may_be(data) else ()
    return Reading((*whole, *_facts(found), *jvm_tests.tests(found), *made))


def _facts(found: list[Token]) -> Iterator[Fact]:
    names: dict[str, str] = {}
    for number, token in enumerate(found):
        following = found[number + 1].text if number + 1 < len(found) else ""
        if token.text in _IMPORTS:
            yield from _imports(found, number, names)
        elif token.kind == "name" and following == "(":
            yield _call(found, number, names)
        elif token.text in names and _follows(found, number):
            names[following] = names[token.text]  # Java writes the class of a variable before its name


def _follows(found: list[Token], number: int) -> bool:
    """Tell whether a name follows on the same line; the line behind an import without a semicolon begins anew."""
    line = found[number].line
    return any(
        behind.line == line and behind.kind == "name" and behind.text.isidentifier()
        for behind in found[number + 1 : number + 2]
    )


def _imports(found: list[Token], number: int, names: dict[str, str]) -> Iterator[Import]:
    """Yield what one import statement brings; ``{A => B}`` renames, ``_`` and ``*`` bring all."""
    line = found[number].line
    rest = itertools.takewhile(lambda token: token.line == line and token.text != ";", found[number + 1 :])
    text = "".join(token.text for token in rest).replace(" ", "")
    package, _, members = text.partition("{")
    for member in members.rstrip("}").split(",") if members else [""]:
        original, _, renamed = member.partition("=>")
        full = (package + original).removesuffix("._").removesuffix(".*").rstrip(".")
        if full:
            names[renamed or full.rpartition(".")[2]] = full
            yield Import(line=line, name=full)


def _call(found: list[Token], number: int, names: dict[str, str]) -> Call:
    token = found[number]
    before = [part.text for part in found[max(number - 4, 0) : number]]
    if before[-1:] == ["new"] or before[-1:] != ["."]:
        made = names.get(token.text, token.text)
        assigned = before[-3:-1] if before[-1:] == ["new"] else before[-2:]
        if len(assigned) > 1 and assigned[1] == "=":
            names[assigned[0]] = made
        return Call(line=token.line, name=made)
    receiver = names.get(before[-2], "") if len(before) > 1 else ""
    if token.text == _BRINGS and before[1:2] == ["="] and before[2][:1].isupper():
        names[before[0]] = receiver
    return Call(line=token.line, name=f"{receiver}.{token.text}")
