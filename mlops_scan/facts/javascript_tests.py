"""Reads tests in JavaScript and TypeScript: what they import, what they call of that, and whether they assert.

What other code in these languages does with models, `javascript_code` states.

Sources of the form: https://jestjs.io/docs/api, https://mochajs.org/#interfaces,
https://playwright.dev/docs/api/class-test and https://docs.cypress.io/app/core-concepts/introduction-to-cypress#Assertions
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Call, Import, Reading, Test
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

_ENDINGS = ("js", "jsx", "mjs", "ts", "tsx")
_FORMS = ("*.test.{}", "*.spec.{}", "*.cy.{}", "__tests__/*.{}", "test/*.{}", "tests/*.{}", "spec/*.{}", "e2e/*.{}")
PLACES = tuple(place.format(ending) for place in _FORMS for ending in _ENDINGS)
READS = PLACES

# imports and the first tests stand at the top, and whether there are tests is what is asked
_ENOUGH = 10_000
_TESTS = frozenset({"it", "test", "specify", "xit", "xtest", "xspecify"})
_STILL_TESTS = frozenset({"only", "each", "concurrent", "sequential"})
_LEFT_OUT = frozenset({"skip", "todo", "fixme"})
_ASSERTING = ("expect", "assert")
# what Cypress is asked for and a page does not have fails the test
_ASKING = frozenset({"contains", "get", "find", "title", "url"})
_LITERALS = frozenset({"true", "false", "null", "undefined"})


def read(path: str, data: bytes) -> Reading:
    """State what a file of tests imports and calls of that, and its tests; of a long file only the top."""
    language = "typescript" if path.endswith(("ts", "tsx")) else "javascript"
    return Reading(tuple(_facts(tokens(decode(data)[:_ENOUGH], language))))


def _facts(found: list[Token]) -> Iterator[Fact]:
    names: dict[str, str] = {}
    for number, token in enumerate(found):
        if token.text in {"import", "require"} and token.kind == "name":
            yield from _imports(found, number, names)
        elif token.text in _TESTS and _text(found, number - 1) != ".":
            yield from _tests(found, number)
        elif token.text in names:
            yield from _call(found, number, names)


def _text(found: list[Token], number: int) -> str:
    return found[number].text if 0 <= number < len(found) else ""


def _imports(found: list[Token], number: int, names: dict[str, str]) -> Iterator[Import]:
    """Yield the module that is imported, and note the names that it goes by here; the project's own has a path."""
    near = found[number + 1 : number + 40]
    module = next((token.text for token in near if token.kind == "string"), "")
    if not module or module.startswith("."):
        return
    if found[number].text == "import":
        bound = list(itertools.takewhile(lambda token: token.kind != "string" and token.text != ";", near))
    else:
        before = reversed(found[max(number - 20, 0) : number])
        bound = list(itertools.takewhile(lambda token: token.text not in {"var", "let", "const", ";"}, before))
    names.update({token.text: module for token in bound if _is_name(token) and token.text not in {"from", "as"}})
    yield Import(line=found[number].line, name=module)


def _is_name(token: Token) -> bool:
    return token.kind == "name" and token.text.replace("_", "a").isalnum()


def _call(found: list[Token], number: int, names: dict[str, str]) -> Iterator[Call]:
    """Yield the call of an imported name, or of a member of it."""
    name = names[found[number].text]
    if _text(found, number + 1) == "(":
        yield Call(line=found[number].line, name=name)
    elif _text(found, number + 1) == "." and _text(found, number + 3) == "(":
        yield Call(line=found[number].line, name=f"{name}.{_text(found, number + 2)}")


def _tests(found: list[Token], number: int) -> Iterator[Test]:
    """Yield the test that a call declares; what is only grouped or set up by the same word is none."""
    after = _text(found, number + 2) if _text(found, number + 1) == "." else ""
    named = next((token.text for token in found[number + 1 : number + 6] if token.kind == "string"), "")
    if after in _STILL_TESTS or (not after and _text(found, number + 1) == "(" and named):
        runs = not found[number].text.startswith("x")
        yield Test(line=found[number].line, name=named, asserts=runs and _asserts(found, number + 1))
    elif after in _LEFT_OUT:
        yield Test(line=found[number].line, name=named, asserts=False)


def _asserts(found: list[Token], start: int) -> bool:
    """Tell whether something that is no literal is asserted before the next test begins."""
    for number in range(start, len(found)):
        token = found[number]
        after = _text(found, number - 1) == "."
        if token.text in _TESTS and not after:
            return False
        if token.kind == "name" and (token.text == "should" or (token.text.startswith(_ASSERTING) and after)):
            return True
        if token.text == "cy" and _text(found, number + 1) == "." and _text(found, number + 2) in _ASKING:
            return True
        if token.kind == "name" and token.text.startswith(_ASSERTING) and _tells(found, number):
            return True
    return False


def _tells(found: list[Token], number: int) -> bool:
    """Tell whether an assertion is given anything but literals."""
    depth = 0
    for token in found[number + 1 :]:
        depth += (token.text == "(") - (token.text == ")")
        if depth <= 0 and token.text in {")", ";"}:
            return False
        if depth > 0 and _is_name(token) and token.text not in _LITERALS:
            return True
    return False
