"""Reads tests in Go, Rust, C# and C++: which there are, and whether they assert anything.

Sources of the form: https://pkg.go.dev/testing, https://onsi.github.io/ginkgo,
https://doc.rust-lang.org/reference/attributes/testing.html, https://xunit.net, https://docs.nunit.org,
https://google.github.io/googletest/reference/testing.html and https://github.com/catchorg/Catch2
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts import native_code, native_imports
from mlops_scan.facts.kinds import Import, Reading, Test
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CPP_ENDINGS = ("cc", "cpp", "cu", "cxx")
READS = ("*_test.go", "*.rs", "*Test.cs", "*Tests.cs", *(f"*test*.{ending}" for ending in _CPP_ENDINGS))

# the first tests stand at the top, and whether there are tests is what is asked
_ENOUGH = 10_000
_NEAR = 40
_GO_FAILS = ("Error", "Fail", "Fatal")
_GO_SPECS = frozenset({"It", "Specify"})
_RUST_TESTS = frozenset({"test", "rstest"})
_CPP_TESTS = ("TEST", "TYPED_TEST", "TEMPLATE_TEST_CASE", "SCENARIO", "BOOST_AUTO_TEST_CASE", "BOOST_FIXTURE_TEST_CASE")
_CS_TESTS = frozenset({"DataTestMethod", "Fact", "Test", "TestCase", "TestMethod", "Theory"})
_SHOULD = "Should"
_CS_LEFT_OUT = ("Skip", "Ignore")
_LITERALS = frozenset({"true", "false", "nil", "null", "nullptr", "t"})


class _Language(NamedTuple):
    """A language by its lexer, with what names the test that begins at a token, and words that assert.

    Where none begins that is nothing, and an empty name where one does that is left out.
    """

    lexer: str
    begins: Callable[[list[Token], int], str | None]
    asserting: tuple[str, ...]


def read(path: str, data: bytes) -> Reading:
    """State the tests of a file; of a long one only the first."""
    ending = path.rpartition(".")[2]
    language = _LANGUAGES.get(ending, _CPP)
    text, above = _from_tests(decode(data)) if ending == "rs" else (decode(data), 0)
    found = tokens(text[:_ENOUGH], language.lexer)
    return Reading((*_brought(path, data, found), *_tests(found, language, above)))


def _brought(path: str, data: bytes, found: list[Token]) -> Iterator[Import]:
    """Yield what a file of tests imports, of Rust only one that stands apart, as those which ask from outside do."""
    if path.endswith(".go"):
        yield from _imports(found)
        return
    language = "csharp" if path.endswith(".cs") else "rust" if path.endswith(".rs") and "tests/" in path else ""
    whole = tokens(decode(data)[:_ENOUGH], language) if language == "rust" else found
    imports = native_imports.of(language)
    lined = native_code.joined(whole) if imports else []
    for number, token in enumerate(lined):
        brought = imports(lined, number)[0] if imports else []
        yield from (Import(line=token.line, name=name) for _, name in brought if name)


def _imports(found: list[Token]) -> Iterator[Import]:
    """Yield what a Go file imports: the strings before its first declaration."""
    for token in found:
        if token.text in {"const", "func", "type", "var"}:
            return
        if token.kind == "string":
            yield Import(line=token.line, name=token.text)


def _from_tests(text: str) -> tuple[str, int]:
    """Return Rust from the line of the first test on, and how many lines stand above: tests follow the code there.

    Attributes are comments to its lexer, and none to us once their first sign is gone.
    """
    places = [place for word in ("test]", "test(") if (place := text.find(word)) >= 0]
    start = text.rfind("\n", 0, min(places, default=len(text))) + 1 if places else len(text)
    return text[start : start + _ENOUGH].replace("#[", "["), text.count("\n", 0, start)


def _tests(found: list[Token], language: _Language, above: int) -> Iterator[Test]:
    begun = [(number, name) for number in range(len(found)) if (name := language.begins(found, number)) is not None]
    ends = [*(number for number, _ in begun), len(found)][1:]
    handed = _handed(found)
    for (number, name), end in zip(begun, ends, strict=True):
        asserts = bool(name) and any(
            _asserts(found, place, language.asserting, handed) for place in range(number + 1, end)
        )
        yield Test(line=found[number].line + above, name=name, asserts=asserts)


def _handed(found: list[Token]) -> frozenset[str]:
    """Return what the functions of a Go file call the test that is handed to them, and fails when it is told to."""
    words = [token.text for token in found]
    typed = (
        place for place, word in enumerate(words) if word == "testing" and words[place + 1 : place + 3] == [".", "T"]
    )
    return frozenset(words[place - 2] for place in typed if words[place - 1] == "*")


def _asserts(found: list[Token], number: int, asserting: tuple[str, ...], handed: frozenset[str]) -> bool:
    """Tell whether a word asserts something that is no literal, or tells the test that is at hand to fail."""
    if found[number].text.startswith(_GO_FAILS) and _text(found, number - 1) == ".":
        return _text(found, number - 2) in handed
    if found[number].text == _SHOULD:
        return _text(found, number - 1) == "."
    return found[number].text.startswith(asserting) and _tells(found, number)


def _tells(found: list[Token], number: int) -> bool:
    """Tell whether brackets behind a word, or behind its member, hold anything but literals."""
    depth = 0
    for token in found[number + 1 : number + _NEAR]:
        depth += (token.text == "(") - (token.text == ")")
        if depth <= 0 and token.text in {")", ";"}:
            return False
        if depth > 0 and token.kind == "name" and token.text not in _LITERALS:
            return True
    return False


def _text(found: list[Token], number: int) -> str:
    return found[number].text if 0 <= number < len(found) else ""


def _go(found: list[Token], number: int) -> str | None:
    """Name the test function, the method of a suite, or the spec of Ginkgo that begins at a token."""
    word, after = found[number].text, _text(found, number + 1)
    if word in _GO_SPECS and after == "(":
        return _text(found, number + 2)
    declares = after == "(" and _text(found, number - 1) in {"func", ")"}
    return word if declares and word.startswith("Test") and word != "TestMain" else None


def _rust(found: list[Token], number: int) -> str | None:
    """Name the function behind an attribute such as ``[test]`` or ``[tokio::test]``."""
    if found[number].text not in _RUST_TESTS or _text(found, number + 1) not in {"]", "("}:
        return None
    near = [token.text for token in found[number : number + _NEAR]]
    return near[near.index("fn") + 1] if "fn" in near[:-1] else None


def _c_sharp(found: list[Token], number: int) -> str | None:
    """Name the method behind an attribute of a test runner."""
    if not found[number].text.startswith("["):
        return None
    near = [token.text for token in found[number : number + _NEAR]]
    # an attribute that has its line for itself is one token
    attribute = "".join(near[: near.index("]")] if near[0] == "[" and "]" in near else near[:1]).strip("[]")
    if attribute.replace("(", ",").partition(",")[0] not in _CS_TESTS or "{" not in near:
        return None
    declared = near[: near.index("{")]
    left_out = any(word in text for word in _CS_LEFT_OUT for text in declared)
    return "" if left_out or "public" not in declared else _called(declared[declared.index("public") :])


def _called(words: list[str]) -> str:
    return words[words.index("(") - 1] if "(" in words else ""


def _cpp(found: list[Token], number: int) -> str | None:
    """Name the test that a macro declares; one that its name disables is none."""
    if not found[number].text.startswith(_CPP_TESTS) or _text(found, number + 1) != "(":
        return None
    given = found[number + 2 : number + 5]
    named = [token.text for token in given if token.kind == "name"] or [given[0].text if given else ""]
    return "" if any(text.startswith("DISABLED_") for text in named) else ".".join(named)


_CPP = _Language("cpp", _cpp, ("ASSERT_", "EXPECT_", "REQUIRE", "CHECK", "BOOST_CHECK", "BOOST_REQUIRE", "BOOST_TEST"))
_LANGUAGES = {
    "go": _Language("go", _go, ("assert", "require", "expect", "check", "Expect", "Equal", "NoError", "True")),
    "rs": _Language("rust", _rust, ("assert",)),
    "cs": _Language("csharp", _c_sharp, ("Assert", "Verify", "Expect")),
}
