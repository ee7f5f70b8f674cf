"""Reads R: scripts, packages and the chunks of R Markdown and Quarto."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import r_functions
from mlops_scan.facts.kinds import Call, Definition, Dependency, Import, Reading, Setting, Test
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import MAX_BYTES, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.kinds import Fact

_SAID = ("Package:", "Title:")
READS = ("*.R", "*.r", "*.Rmd", "*.qmd", "DESCRIPTION", "NAMESPACE")

_ATTACHING = frozenset({"library", "require", "requireNamespace", "loadNamespace"})
_MEMBERS = frozenset({"::", ":::"})
_ASSIGNED = frozenset({"<-", "="})
_PARTS = frozenset({"$", "@"})
_FENCE = "```"
_IMPORTING = frozenset({"import", "importFrom"})
_MOST = 200  # words of one directive


def read(path: str, data: bytes) -> Reading:
    """State imports, calls, functions and tests of R code."""
    if len(data) > MAX_BYTES:
        return Reading()
    text = decode(data)
    if path.endswith("DESCRIPTION"):
        return Reading(tuple(_description(text)))
    if path.endswith("NAMESPACE"):
        return Reading(tuple(_namespace(tokens(text, "r"))))
    if path.endswith((".Rmd", ".qmd")):
        text = _chunks(text)
    found = tokens(text, "r")
    stem = path.rpartition("/")[2].rpartition(".")[0]
    whole = (Definition(line=1, name=stem, kind="module", end=0),) if found else ()
    return Reading((*whole, *_facts(found)))


def _chunks(text: str) -> str:
    """Return the code of R chunks with everything else blanked, so that lines stay."""
    lines: list[str] = []
    inside = False
    for line in text.split("\n"):
        if line.startswith(_FENCE):
            inside = line.startswith("```{r") and not inside
            lines.append("")
        else:
            lines.append(line if inside else "")
    return "\n".join(lines)


def _facts(found: list[Token]) -> Iterator[Fact]:
    named: set[str] = set()
    units = r_functions.around(found)
    own = frozenset(units)
    for number, token in enumerate(found):
        following = found[number + 1 : number + 4]
        texts = [part.text for part in following]
        if token.text in _ATTACHING and texts[:1] == ["("] and len(following) > 1:
            named.add(following[1].text)
            yield Import(line=token.line, name=following[1].text)
        elif token.kind == "name" and texts[:1] and texts[0] in _MEMBERS and token.text not in named:
            named.add(token.text)  # naming a package's member loads it
            yield Import(line=token.line, name=token.text)
        elif token.kind == "name" and texts[:1] and texts[0] in _ASSIGNED and texts[1:2] == ["function"]:
            yield Definition(line=token.line, name=token.text, kind="function", end=token.line)
        elif token.kind == "name" and texts[:1] == ["("]:
            yield from _call(found, number, units[number])
        elif token.kind == "name" and token.text in own and units[number] != token.text and _is_value(found, number):
            # a function that is handed over is run by what it is handed to
            yield Call(line=token.line, name=token.text, unit=units[number])


def _is_value(found: list[Token], number: int) -> bool:
    """Tell whether a name stands for what it holds: no member of a list, and nothing that is given a value itself."""
    before, after = found[number - 1].text if number else "", found[number + 1].text if number + 1 < len(found) else ""
    return before not in _PARTS and after not in _ASSIGNED


def _call(found: list[Token], number: int, unit: str) -> Iterator[Fact]:
    token = found[number]
    qualified = number >= 2 and found[number - 1].text in _MEMBERS  # noqa: PLR2004 - package, colons, function
    name = f"{found[number - 2].text}.{token.text}" if qualified else token.text
    name = token.text.replace("::", ".") if "::" in token.text else name
    if token.text.endswith("test_that"):
        inside = [t.text for t in found[number : number + 400]]
        yield Test(line=token.line, name=inside[2] if len(inside) > 2 else "", asserts=_asserts(inside))  # noqa: PLR2004
    runs = r_functions.script(found, number)
    yield Call(line=token.line, name=name, arguments={"0": runs} if runs else {}, unit=unit)


def _asserts(words: list[str]) -> bool:
    """Tell whether an expectation before the next test names anything."""
    for number, word in enumerate(words[1:], 1):
        if word.endswith("test_that"):
            return False
        expects = word.rpartition("::")[2].startswith("expect_")
        if expects and any(argument[:1].isalpha() for argument in _arguments(words[number + 1 :])):
            return True
    return False


def _arguments(words: Iterable[str]) -> Iterator[str]:
    """Yield the words between an opening bracket and the one that closes it."""
    depth = 0
    for word in words:
        depth += (word == "(") - (word == ")")
        if depth <= 0:
            return
        yield word


def _namespace(found: list[Token]) -> Iterator[Import]:
    """Yield the packages that a package imports, whole or by a function, each once."""
    named: set[str] = set()
    for number, token in enumerate(found):
        if token.text not in _IMPORTING:
            continue
        within = (part.text for part in found[number + 1 : number + _MOST])
        words = [word for word in _arguments(within) if word[:1].isalpha()]
        for word in words[: 1 if token.text == "importFrom" else None]:
            if word not in named:
                named.add(word)
                yield Import(line=token.line, name=word)


def _description(text: str) -> Iterator[Dependency | Setting]:
    """Yield the package that a DESCRIPTION file describes, and those of its Imports and Depends."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(_SAID):
            yield Setting(number, line.partition(":")[0], line.partition(":")[2].strip())
        if line[:1].strip():
            inside = line.partition(":")[0] in {"Imports", "Depends", "LinkingTo"}
        for part in line.rpartition(":")[2].split(",") if inside else ():
            name = part.partition("(")[0].strip()
            if name and name != "R" and name[0].isalpha():
                yield Dependency(line=number, name=name.lower())
