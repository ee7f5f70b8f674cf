"""Answers of functions that calls hand on to other functions: ``deploy(is_better(new))``, or by a variable between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains import objects
from mlops_scan.facts.kinds import Call

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from mlops_scan.evidence import FileFacts


def answers(files: Iterable[FileFacts], functions: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield what is handed an answer, and the function whose it is; ``deploy:0`` is what ``deploy`` is given first."""
    for file in files:
        calls = file.of(Call)
        made = {owner: name for call in calls if (name := _function(call.name, functions)) for owner in call.owners}
        own = objects.own(file.path)
        for call in calls:
            for key, text in call.arguments.items():
                held = call.references.get(key, "")
                name = made.get(held.removeprefix(own), "") if held else _function(text, functions)
                if name:
                    yield (f"{call.name.rpartition('.')[2]}:{key}" if key.isdigit() else key), name


def _function(name: str, functions: Container[str]) -> str:
    """Return which of the functions a call asks, be it at once or for later: ``check``, ``check.submit``."""
    before, _, last = name.rpartition(".")
    return next((part for part in (last, before.rpartition(".")[2]) if part in functions), "")
