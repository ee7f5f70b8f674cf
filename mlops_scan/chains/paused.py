"""Triggers that a variable pauses in all that a repository says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Command, Trigger, Variable
from mlops_scan.facts.shapes.databricks import OF_BUNDLE, PAUSING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.evidence import FileFacts


def pausing(files: Iterable[FileFacts]) -> frozenset[str]:
    """Return the variables that say so wherever they are given, and that no command gives (``--var=name=text``)."""
    files = tuple(files)
    asked = {fact.pausing for file in files for fact in file.of(Trigger)} - {""}
    if not asked:
        return frozenset()
    given = [fact for file in files for fact in file.of(Variable) if fact.name in asked]
    held = {fact.name for fact in given} - {fact.name for fact in given if fact.value not in PAUSING}
    runs = [fact.run for file in files for fact in file.of(Command)] if held else ()
    return frozenset(name for name in held if not any(f"{name.removeprefix(OF_BUNDLE)}=" in run for run in runs))
