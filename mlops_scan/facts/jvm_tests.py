"""Which tests Scala, Java and Kotlin hold, and whether they assert anything.

Sources of the form: https://docs.junit.org, https://www.scalatest.org/user_guide/selecting_a_style,
https://etorreborre.github.io/specs2, https://zio.dev/reference/test, https://scalameta.org/munit,
https://github.com/typelevel/scalacheck and https://kotest.io/docs/framework/testing-styles.html
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.tokens import Token

_MARKS = frozenset({"@Test", "@ParameterizedTest", "@RepeatedTest"})
# functions that are given what a test is called, and then the test
_NAMED = frozenset({"it", "property", "scenario", "Scenario", "testM", "Then", "they"})
# what stands between what a test is called and the test
_OPENING = (["in", "{"], [">>", "{"])
_ASSERTING = ("assert", "should", "must", "verify", "expect", "andExpect", "forAll", "intercept")
_TEST = "test"
# what a test that holds nothing against it may still call something; of an annotation, what the test has to raise
_MEANT = "expected"
_ANSWERED = "statusCode"  # given a value, it is what a service has to answer with; asked for none, it only reads
_DEFINING = frozenset({"void", "fun", "def"})
_SAYING = frozenset({"should", "must"})  # of a group of tests, what they are about
_ALWAYS = [["(", "true", ")"], ["(", "false", ")"]]
_LONGEST_TEST = 400


def tests(found: list[Token]) -> Iterator[Test]:
    """Yield the tests of a file; each ends where the next one begins."""
    begun = [number for number in range(len(found)) if _begins(found, number)]
    for number, end in itertools.zip_longest(begun, begun[1:], fillvalue=len(found)):
        following = found[number + 1 : min(end, number + _LONGEST_TEST)]
        yield Test(line=found[number].line, name=_name(found, number), asserts=_asserts(following))


def _begins(found: list[Token], number: int) -> bool:
    token = found[number]
    if token.kind == "string":
        return [behind.text for behind in found[number + 1 : number + 3]] in _OPENING
    if token.text in _NAMED:
        after = found[number + 1 : number + 3]
        return after[0].text == "(" and after[-1].kind == "string" if after else False
    if token.text == _TEST:  # a method of this name, without a text of what it tests, tries a model or anything else
        after = found[number + 1 : number + 4]
        return [behind.text for behind in after[:1]] == ["("] and any(behind.kind == "string" for behind in after[1:])
    return token.text in _MARKS


def _name(found: list[Token], number: int) -> str:
    """Return what a test is called: the text before it or in brackets, or the method behind the annotation."""
    token, following = found[number], found[number + 1 : number + _LONGEST_TEST]
    if token.kind == "string":
        return token.text
    if token.text not in _MARKS:
        return following[1].text if len(following) > 1 else ""
    before = (behind.text for behind, opening in itertools.pairwise(following) if opening.text == "(")
    return next((name for name in before if not name.startswith("@")), "")


def _asserts(following: list[Token]) -> bool:
    """Tell whether what follows the beginning of a test asserts something."""
    for place, token in enumerate(following):
        named = token.text.startswith(_MEANT) and [behind.text for behind in following[:place]] != ["("]
        asserting = token.kind == "name" and token.text.startswith(_ASSERTING) and not named
        if asserting and not _says_nothing(following, place):
            return True
        given = following[place + 2 : place + 3] if token.text == _ANSWERED else []
        if given and given[0].text != ")":
            return True
    return False


def _says_nothing(following: list[Token], place: int) -> bool:
    """Tell whether a word names a test, or is given a literal alone, as in the test of a new project."""
    given = following[place + 1 : place + 4]
    texts = [token.text for token in given]
    # what the next test is called is the first that is no longer of this one
    names = following[place].text in _SAYING and (texts[:1] == ["{"] or not given)
    return names or texts in _ALWAYS or (place > 0 and following[place - 1].text in _DEFINING)
