"""Reads makefiles: targets, their recipes and their prerequisites.

Source of the format: https://www.gnu.org/software/make/manual/make.html
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Link, Reading, Unit
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = ("Makefile", "makefile", "GNUmakefile", "Makefile.*", "*.mk")

MAX_BYTES = 500_000
MAX_ROUNDS = 5
MAX_TEXT = 5000
_VARIABLE = re.compile(r"\$[({](\w+)[)}]")
_ASSIGNMENT = re.compile(r"^(?:export\s+)?(\w+)\s*(?::{0,3}|\?|\+)=\s*(.*)$")
_RULE = re.compile(r"^([^:=#\t]+):(?!=)([^=]*)$")
_DIRECTIVES = ("ifeq", "ifneq", "ifdef", "ifndef", "else", "endif", "include", "-include", "define", "endef", "export")


class Target(NamedTuple):
    """A target with its line, prerequisites and recipe lines (line, text)."""

    name: str
    line: int
    needs: tuple[str, ...]
    recipe: list[tuple[int, str]]


def read(path: str, data: bytes) -> Reading:
    """State the targets of a makefile, whose recipes run in its folder; what is included runs in another's."""
    if len(data) > MAX_BYTES:
        return Reading()
    targets, variables = _parsed(decode(data))
    folder = "" if path.endswith(".mk") else posixpath.dirname(path)
    return Reading(tuple(_facts(targets, variables, folder)))


def _parsed(text: str) -> tuple[list[Target], dict[str, str]]:
    targets: list[Target] = []
    variables: dict[str, str] = {}
    current: list[Target] = []
    for number, line in _logical_lines(text):
        if line.startswith("\t"):
            for target in current:
                target.recipe.append((number, line[1:]))
            continue
        plain = line.split("#", 1)[0].rstrip()
        assigned = _ASSIGNMENT.match(plain)
        rule = _RULE.match(plain.split(";", 1)[0])
        if assigned:
            variables.setdefault(assigned[1], assigned[2][:MAX_TEXT])
        elif rule and not plain.startswith(_DIRECTIVES):
            names = _filled(rule[1], variables).split()
            needs = tuple(_filled(rule[2].replace("|", " "), variables).split())
            current = [Target(name, number, needs, []) for name in names if not name.startswith(".")]
            targets.extend(current)
            for target in current if ";" in plain else ():
                target.recipe.append((number, plain.split(";", 1)[1]))
    return targets, variables


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        first, line = number, lines[number]
        while line.endswith("\\") and number + 1 < len(lines):
            number += 1
            line = (
                f"{line}\n{lines[number].strip()}" if line.startswith("\t") else f"{line[:-1]} {lines[number].strip()}"
            )
        number += 1
        if line.strip():
            yield first + 1, line


def _facts(targets: list[Target], variables: dict[str, str], folder: str) -> Iterator[Fact]:
    names = {target.name for target in targets}
    if targets:
        yield Link(line=targets[0].line, kind="unit", target=targets[0].name)
    for target in targets:
        yield Unit(line=target.line, name=target.name, kind="target")
        for need in target.needs:
            if need in names:
                yield Link(line=target.line, kind="unit", target=need, unit=target.name)
        for line, text in target.recipe:
            yield from _recipe(target, line, text, variables, folder)


def _recipe(target: Target, line: int, text: str, variables: dict[str, str], folder: str) -> Iterator[Fact]:
    stripped = text.lstrip()
    tolerated = "-" in stripped[: len(stripped) - len(stripped.lstrip("@-+"))]
    run = _filled(stripped.lstrip("@-+"), variables)
    yield from shell.facts(run, line, target.name, tolerated=tolerated, directory=folder)


def _filled(text: str, variables: dict[str, str]) -> str:
    """Put in the values of variables; a bounded number of rounds, so that cycles and bombs end."""
    text = text.replace("$(MAKE)", "make").replace("${MAKE}", "make").replace("$@", "")
    for _ in range(MAX_ROUNDS):
        if "$" not in text or len(text) > MAX_TEXT:
            break
        filled = _VARIABLE.sub(lambda found: variables.get(found[1], found[0]), text)
        if filled == text:
            break
        text = filled
    return text[:MAX_TEXT].replace("$$", "$")
