"""Reads tests in PHP and Ruby: which there are, and whether they assert anything.

Sources of the form: https://docs.phpunit.de/en/12.0/writing-tests-for-phpunit.html, https://pestphp.com/docs/writing-tests,
https://rspec.info/documentation/ and https://docs.seattlerb.org/minitest/
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Reading, Test
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

READS = ("*Test.php", "tests/*.php", "*_spec.rb", "*_test.rb", "test_*.rb")

# the first tests stand at the top, and whether there are tests is what is asked
_ENOUGH = 10_000
# a comment, attribute or modifiers may stand between what makes a function a test and its name
_BEFORE = 6
_CALLED = frozenset({"it", "test", "specify", "scenario", "example"})
_LEFT_OUT = frozenset({"xit", "xtest", "xspecify", "xscenario", "xexample", "markTestSkipped", "markTestIncomplete"})
_ASSERTING = ("assert", "expect", "refute", "must_", "wont_", "is_expected", "should")
_LITERALS = frozenset({"true", "false", "null", "nil", "TRUE", "FALSE", "NULL"})
_OWN = frozenset({"$this", "self", "static", "parent"})
_MEMBER = frozenset({"->", "::", "."})


def read(path: str, data: bytes) -> Reading:
    """State the tests of a file; of a long one only the first."""
    return Reading(tuple(_tests(tokens(decode(data)[:_ENOUGH], "php" if path.endswith("php") else "ruby"))))


def _tests(found: list[Token]) -> Iterator[Test]:
    begun = [(number, name) for number in range(len(found)) if (name := _begins(found, number))]
    ends = [*(number for number, _ in begun), len(found)][1:]
    for (number, name), end in zip(begun, ends, strict=True):
        within = range(number, end)
        runs = _LEFT_OUT.isdisjoint(found[place].text for place in within)
        yield Test(line=found[number].line, name=name, asserts=runs and any(_asserts(found, place) for place in within))


def _text(found: list[Token], number: int) -> str:
    return found[number].text if 0 <= number < len(found) else ""


def _begins(found: list[Token], number: int) -> str:
    """Name the test that begins at a token: a method called so or marked as one, or a call with words or a block."""
    word, after = found[number].text, _text(found, number + 1)
    if word in {"function", "def"}:
        before = found[max(number - _BEFORE, 0) : number]
        marked = any(token.text == "Test" or (token.kind == "string" and "@test" in token.text) for token in before)
        return after if after.startswith("test") or (marked and after.isidentifier()) else ""
    if (word in _CALLED or word in _LEFT_OUT) and _text(found, number - 1) not in _MEMBER:
        place = number + 2 if after == "(" else number + 1
        worded = place < len(found) and found[place].kind == "string"
        return _text(found, place) if worded else word if after == "{" else ""
    return ""


def _asserts(found: list[Token], number: int) -> bool:
    """Tell whether a word asserts something that is no literal; what an answer is asked for is none."""
    if found[number].kind != "name" or not found[number].text.startswith(_ASSERTING):
        return False
    if _text(found, number - 1) in _MEMBER and _text(found, number - 2) not in _OWN:
        return True
    return any(_is_ours(token) for token in _given(found, number))


def _given(found: list[Token], number: int) -> Iterator[Token]:
    """Yield what stands in the brackets or block behind a word, or where there are none, on the rest of its line."""
    behind = found[number + 1 :]
    if not behind or not behind[0].text.startswith(("(", "{")):
        yield from itertools.takewhile(lambda token: token.line == found[number].line, behind)
        return
    depth = 0
    for token in behind:
        depth += sum(token.text.count(sign) for sign in "({") - sum(token.text.count(sign) for sign in ")}")
        if depth <= 0:
            return
        yield token


def _is_ours(token: Token) -> bool:
    named = token.kind == "name" and token.text[0] not in ".@" and token.text not in _LITERALS
    return named or token.text.startswith(("$", "@"))
