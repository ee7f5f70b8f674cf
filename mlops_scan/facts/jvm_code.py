"""Reads Scala, Java and Kotlin: imports, calls on imported classes and what they were made of, tests."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from mlops_scan.facts import learners
from mlops_scan.facts.kinds import Call, Definition, Import, Reading, Test
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import MAX_BYTES, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = ("*.scala", "*.java", "*.kt")

_LANGUAGES = {"scala": "scala", "java": "java", "kt": "kotlin"}
_ASSERTING = ("assert", "should", "must", "verify", "expect", "andExpect", "intercept")
_ANSWERED = "statusCode"  # given a value, it is what a service has to answer with; asked for none, it only reads
_TESTS = frozenset({"@Test", "@ParameterizedTest", "@RepeatedTest"})
_DEFINING = frozenset({"void", "fun", "def"})
_ALWAYS = [["(", "true", ")"], ["(", "false", ")"]]
_IMPORTS = frozenset({"import", "import static"})  # Java's lexer hands over both words as one
_LONGEST_TEST = 400
_BRINGS = "load"  # what a class loads is an object of that class


def read(path: str, data: bytes) -> Reading:
    """State imports, calls and tests; calls on objects of unknown class are named ``.method``."""
    if len(data) > MAX_BYTES:
        return Reading()
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    found = tokens(decode(data), _LANGUAGES[ending])
    whole = (Definition(line=1, name=stem, kind="module", end=0),) if found else ()
    made = learners.functions(found, bodies=ending == "java") if learners.may_be(data) else ()
    return Reading((*whole, *_facts(found), *made))


def _facts(found: list[Token]) -> Iterator[Fact]:
    names: dict[str, str] = {}
    for number, token in enumerate(found):
        following = found[number + 1].text if number + 1 < len(found) else ""
        if token.text in _IMPORTS:
            yield from _imports(found, number, names)
        elif token.text in _TESTS or (token.text == "test" and following == "("):
            yield Test(line=token.line, name=_test_name(found, number), asserts=_asserts(found, number))
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


def _test_name(found: list[Token], number: int) -> str:
    """Return what a test is called: the text in brackets, or the method behind the annotation."""
    following = found[number + 1 : number + _LONGEST_TEST]
    if found[number].text == "test":
        return following[1].text if len(following) > 1 else ""
    before = (token.text for token, opening in itertools.pairwise(following) if opening.text == "(")
    return next((name for name in before if not name.startswith("@")), "")


def _says_nothing(following: list[Token], place: int) -> bool:
    """Tell whether a word names the test itself, or is given a literal alone, as in the test of a new project."""
    given = [token.text for token in following[place + 1 : place + 4]]
    return given in _ALWAYS or (place > 0 and following[place - 1].text in _DEFINING)


def _asserts(found: list[Token], number: int) -> bool:
    """Tell whether something is asserted before the next test begins."""
    following = found[number + 1 : number + _LONGEST_TEST]
    for place, token in enumerate(following):
        if token.text in _TESTS or token.text == "test":
            return False
        if token.kind == "name" and token.text.startswith(_ASSERTING) and not _says_nothing(following, place):
            return True
        given = following[place + 2 : place + 3] if token.text == _ANSWERED else []
        if given and given[0].text != ")":
            return True
    return False
