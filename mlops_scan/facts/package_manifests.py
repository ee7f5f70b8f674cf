"""Reads how packages of .NET, Java, Scala, Go, Ruby, OCaml and C++ name and describe themselves.

Sources: https://learn.microsoft.com/nuget/reference/msbuild-targets, https://maven.apache.org/pom.html,
https://go.dev/ref/mod, https://guides.rubygems.org/specification-reference and https://opam.ocaml.org/doc/Manual.html
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from mlops_scan.facts.kinds import Reading, Setting
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE = {
    "build.gradle": "groovy",
    "build.gradle.kts": "kotlin",
    "build.sbt": "scala",
    "settings.gradle": "groovy",
    "settings.gradle.kts": "kotlin",
    ".gemspec": "ruby",
}
_MARKUP = (".csproj", ".fsproj", ".nuspec", "pom.xml")
READS = ("go.mod", "CMakeLists.txt", "*.opam", *(f"*{name}" for name in (*_CODE, *_MARKUP)))

_ENOUGH = 20_000
_MOST = 500_000  # bytes of a document that cannot be cut
_NEAR = 20  # lines
_WAYS = {
    "Project/PropertyGroup/PackageId": "name",
    "Project/PropertyGroup/Description": "description",
    "Project/PropertyGroup/PackageTags": "keywords",
    "package/metadata/id": "name",
    "package/metadata/description": "description",
    "package/metadata/tags": "keywords",
    "project/artifactId": "name",
    "project/description": "description",
}
_SAYS = {"name": "name", "summary": "description", "synopsis": "description", "description": "description"}
_DEEPEST = max(way.count("/") for way in _WAYS) + 1
_GIVES = frozenset({":", "=", ":="})


class _Said(NamedTuple):
    line: int
    what: str
    text: str


def read(path: str, data: bytes) -> Reading:
    """State the name, description and keywords of a package, as settings ``package.name`` and so on."""
    name = path.rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    if name.endswith(_MARKUP):
        found = list(_markup(data))
        named = any(said.what == "name" for said in found)
        found += [] if named or not found else [_Said(1, "name", stem)]  # NuGet takes the name of the project then
    elif name == "go.mod":
        found = list(_module(decode(data[:_ENOUGH])))
    elif ending == "opam":
        found = [_Said(1, "name", stem), *_lines(decode(data[:_ENOUGH]))]
    elif name == "CMakeLists.txt":
        found = list(_project(decode(data[:_ENOUGH])))
    else:
        language = _CODE.get(name) or _CODE[f".{ending}"]
        found = list(_assigned(tokens(decode(data[:_ENOUGH]), language)))
    return Reading(tuple(Setting(said.line, f"package.{said.what}", said.text) for said in found))


def _markup(data: bytes) -> list[_Said]:
    """Return what a document of XML says of its package, as far as it is one; what declares entities is not read."""
    found: list[_Said] = []
    way: list[str] = []
    texts: list[str] = []
    parser = expat.ParserCreate()
    readable = len(data) <= _MOST and b"<!" not in data.replace(b"<!--", b"")

    def opens(name: str, _: object) -> None:
        way.append(name)
        texts.clear()

    def closes(_: str) -> None:
        what = _WAYS.get("/".join(way)) if len(way) <= _DEEPEST else None
        if what and "".join(texts).strip():
            found.append(_Said(parser.CurrentLineNumber, what, "".join(texts).strip()))
        texts.clear()
        way.pop()

    parser.StartElementHandler, parser.EndElementHandler = opens, closes
    parser.CharacterDataHandler = texts.append
    try:
        parser.Parse(data if readable else b"", True)  # noqa: FBT003 - takes no keywords
    except (expat.ExpatError, ValueError):
        return found
    return found


def _module(text: str) -> Iterator[_Said]:
    """Yield the last part of a module's path that is no version: ``acme`` of ``example.com/acme/v2``."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("module "):
            parts = line.partition("//")[0].split()[-1].strip('"').split("/")
            yield _Said(number, "name", next((p for p in reversed(parts) if not p[1:].isdecimal()), parts[-1]))
            return


def _lines(text: str) -> Iterator[_Said]:
    for number, line in enumerate(text.split("\n"), 1):
        key, colon, value = line.partition(":")
        what = _SAYS.get(key) if colon else None
        if what and value.strip(' "'):
            yield _Said(number, what, value.strip(' "'))


def _project(text: str) -> Iterator[_Said]:
    """Yield the name and the description of the first project that CMake is told of."""
    lines = [line.partition("#")[0] for line in text.split("\n")]
    first = next((n for n, line in enumerate(lines) if line.lower().replace(" ", "").startswith("project(")), None)
    if first is None:
        return
    given = "\n".join(lines[first : first + _NEAR]).partition("(")[2].partition(")")[0]
    try:
        words = shlex.split(given)
    except ValueError:  # a quotation that does not end
        return
    for number, word in enumerate(words):
        if number == 0 or words[number - 1] == "DESCRIPTION":
            yield _Said(first + 1, "description" if number else "name", word)


def _assigned(found: list[Token]) -> Iterator[_Said]:
    """Yield what is given to a name or description: ``name := "acme"``, ``spec.summary = "Acme"``."""
    for number, token in enumerate(found):
        what = _SAYS.get(token.text.rpartition(".")[2])
        given = next((later for later in found[number + 1 : number + 4] if later.text not in _GIVES), None)
        if what and given is not None and given.kind == "string":
            yield _Said(token.line, what, given.text)
