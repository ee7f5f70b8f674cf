"""Reads justfiles: recipes, their bodies and what they depend on.

Source of the format: https://just.systems/man/en/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Link, Reading, Unit
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = ("justfile", "Justfile", ".justfile", "*.just")

MAX_BYTES = 500_000
MAX_TEXT = 5000
_VARIABLE = re.compile(r"^(?:export\s+)?(\w+)\s*:=\s*(.*)$")
_RECIPE = re.compile(r"^@?([A-Za-z_][\w-]*)((?:\s[^:]*)?):(?!=)(.*)$")
_FILLED = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class Recipe(NamedTuple):
    """A recipe with its line, the recipes it depends on and its body lines (line, text)."""

    name: str
    line: int
    needs: tuple[str, ...]
    body: list[tuple[int, str]]


def read(path: str, data: bytes) -> Reading:  # noqa: ARG001 - all readers take both
    """State the recipes of a justfile; the first is what runs where none is named."""
    if len(data) > MAX_BYTES:
        return Reading()
    return Reading(tuple(_facts(*_parsed(decode(data)))))


def _parsed(text: str) -> tuple[list[Recipe], dict[str, str]]:
    recipes: list[Recipe] = []
    variables: dict[str, str] = {}
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if line[:1] in {" ", "\t"}:
            if inside and line.strip():
                recipes[-1].body.append((number, line.strip()[:MAX_TEXT]))
            continue
        if not line.strip() or line.startswith("#"):
            continue
        variable, recipe = _VARIABLE.match(line), _RECIPE.match(line)
        inside = recipe is not None
        if variable:
            variables[variable[1]] = variable[2].strip().strip("\"'")[:MAX_TEXT]
        elif recipe:
            needs = re.findall(r"[A-Za-z_][\w-]*", recipe[3].partition("#")[0])
            recipes.append(Recipe(recipe[1], number, tuple(needs), []))
    return recipes, variables


def _facts(recipes: list[Recipe], variables: dict[str, str]) -> Iterator[Fact]:
    names = {recipe.name for recipe in recipes}
    if recipes:
        yield Link(line=recipes[0].line, kind="unit", target=recipes[0].name)
    for recipe in recipes:
        yield Unit(line=recipe.line, name=recipe.name, kind="task")
        for need in recipe.needs:
            if need in names and need != recipe.name:
                yield Link(line=recipe.line, kind="unit", target=need, unit=recipe.name)
        for line, text in recipe.body:
            if not text.startswith("#!"):
                filled = _FILLED.sub(lambda found: variables.get(found[1], found[0]), text.lstrip("@-"))
                yield from shell.facts(filled[:MAX_TEXT], line, recipe.name, tolerated=text.startswith("-"))
