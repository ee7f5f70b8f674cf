"""Reads what builds of Scala and Ruby declare: packages and plugins, and settings of an sbt build.

Versions are stated as written and never as pinned: what these packages need themselves is left open.
Sources: https://www.scala-sbt.org/1.x/docs/Library-Dependencies.html and https://bundler.io/man/gemfile.5.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Dependency, Reading, Setting
from mlops_scan.facts.requirements import normal
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import MAX_BYTES, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

READS = ("*.sbt", "Gemfile", "*.gemspec")

_BETWEEN = frozenset({"%", "%%", "%%%"})
_PLUGIN = "addSbtPlugin"
_SETS = frozenset({":=", "+=", "++="})
_GEMS = {"gem": "", "add_dependency": "", "add_runtime_dependency": "", "add_development_dependency": "dev"}


def read(path: str, data: bytes) -> Reading:
    """State the packages of a build, and the settings that one of sbt gives."""
    if len(data) > MAX_BYTES:
        return Reading()
    if path.endswith(".sbt"):
        found = tokens(decode(data), "scala")
        return Reading((*_modules(found), *_settings(found)))
    return Reading(tuple(_gems(tokens(decode(data), "ruby"))))


def _modules(found: list[Token]) -> Iterator[Dependency]:
    """Yield what stands as ``"organisation" %% "name" % "version"``."""
    for number, token in enumerate(found[:-2]):
        named = found[number + 2]
        if token.kind == named.kind == "string" and found[number + 1].text in _BETWEEN and not _goes_on(found, number):
            version = found[number + 4].text if _goes_on(found, number + 4) else ""
            plugin = found[max(number - 2, 0)].text == _PLUGIN
            yield Dependency(named.line, normal(named.text), version, group="build" if plugin else "")


def _goes_on(found: list[Token], number: int) -> bool:
    """Tell whether a string stands behind the sign that joins it to the one before."""
    return number < len(found) and found[number].kind == "string" and found[number - 1].text in _BETWEEN


def _settings(found: list[Token]) -> Iterator[Setting]:
    for number, token in enumerate(found[1:-1], 1):
        if token.text in _SETS and found[number - 1].kind == "name":
            yield Setting(token.line, found[number - 1].text, found[number + 1].text)


def _gems(found: list[Token]) -> Iterator[Dependency]:
    for number, token in enumerate(found[:-1]):
        named = next((behind for behind in found[number + 1 : number + 3] if behind.text != "("), token)
        if token.text in _GEMS and named.kind == "string":
            yield Dependency(named.line, normal(named.text), group=_GEMS[token.text])
