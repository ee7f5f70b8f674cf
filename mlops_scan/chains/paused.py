"""Triggers that a variable pauses in all that a repository says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Command, Trigger, Variable
from mlops_scan.facts.shapes.databricks import OF_BUNDLE, PAUSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.evidence import FileFacts


def pausing(files: Iterable[FileFacts]) -> frozenset[str]:
    """Return the variables that say so wherever they are given, and that no command gives (``--var=name=text``)."""
    files = tuple(files)
    asked = {fact.pausing for file in files for fact in file.of(Trigger)} - {""}
    if not asked:
        return frozenset()
    given = [fact for file in files for fact in file.of(Variable) if fact.name in asked]
    held = {fact.name for fact in given} - {fact.name for fact in given if fact.value not in PAUSING}
    told = {name for file in files if held for fact in file.of(Command) for name in _told(fact.run)}
    return frozenset(name for name in held if name.removeprefix(OF_BUNDLE) not in told)


def _told(run: str) -> Iterator[str]:
    """Yield what a command gives a text to: ``name`` of ``--var=name=text`` and of ``--var "name=text,other=more"``."""
    for word in run.replace(",", " ").split() if "=" in run else ():
        yield from (part.strip("\"'") for part in word.split("=")[:-1])
