"""Reads Julia: imports, calls, functions and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Call, Definition, Import, Reading, Test
from mlops_scan.facts.learners import given
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import MAX_BYTES, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = ("*.jl",)


def read(path: str, data: bytes) -> Reading:
    """State imports, calls, functions and tests of Julia code."""
    if len(data) > MAX_BYTES:
        return Reading()
    found = tokens(decode(data), "julia")
    stem = path.rpartition("/")[2].rpartition(".")[0]
    whole = (Definition(line=1, name=stem, kind="module", end=0),) if found else ()
    return Reading((*whole, *_facts(found, path)))


def _facts(found: list[Token], path: str) -> Iterator[Fact]:
    for number, token in enumerate(found):
        following = found[number + 1].text if number + 1 < len(found) else ""
        if token.text in {"using", "import"}:
            yield from _imports(found, number)
        elif token.text == "@test" and "test" in path.lower():
            words = [t.text for t in found[number + 1 : number + 20] if t.line == token.line]
            yield Test(
                line=token.line, name=f"@test {' '.join(words)[:60]}", asserts=any(w[:1].isalpha() for w in words)
            )
        elif token.text == "function" and following:
            yield Definition(token.line, following, "function", token.line, parameters=given(found, number + 2))
        elif token.kind == "name" and following == "(":
            yield Call(line=token.line, name=_dotted(found, number))


def _dotted(found: list[Token], number: int) -> str:
    name = found[number].text
    while number >= 2 and found[number - 1].text == "." and found[number - 2].kind == "name":  # noqa: PLR2004
        number -= 2
        name = f"{found[number].text}.{name}"
    return name


def _imports(found: list[Token], number: int) -> Iterator[Import]:
    """Yield the modules behind ``using``; names behind the colon are members of the module."""
    line = found[number].line
    module = ""
    for token in found[number + 1 :]:
        if token.line != line:
            return
        if token.text == ":":
            for member in found:
                if member.line == line and member.kind == "name" and member.text not in {"using", "import", module}:
                    yield Import(line=line, name=f"{module}.{member.text}")
            return
        if token.kind == "name":
            module = token.text
            yield Import(line=line, name=module)
