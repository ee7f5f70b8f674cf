"""Answers of functions that calls hand on to other functions: ``deploy(is_better(new))``, or by a variable between."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains import members
from mlops_scan.facts.kinds import Call

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from mlops_scan.evidence import FileFacts


class Handed(NamedTuple):
    """A call that is handed an answer: under which name, and the function whose it is.

    ``deploy:0`` is what ``deploy`` is given first.
    """

    path: str
    call: Call
    under: str
    function: str


def answers(files: Iterable[FileFacts], functions: Container[str]) -> Iterator[Handed]:
    """Yield the calls that are handed the answer of one of the functions."""
    for file in files:
        calls = file.of(Call)
        made = {owner: name for call in calls if (name := _function(call.name, functions)) for owner in call.owners}
        own = members.own(file.path)
        for call in calls:
            for key, text in call.arguments.items():
                held = call.references.get(key, "")
                name = made.get(held.removeprefix(own), "") if held else _function(text, functions)
                if name:
                    under = f"{call.name.rpartition('.')[2]}:{key}" if key.isdigit() else key
                    yield Handed(file.path, call, under, name)


def _function(name: str, functions: Container[str]) -> str:
    """Return which of the functions a call asks, be it at once or for later: ``check``, ``check.submit``."""
    before, _, last = name.rpartition(".")
    return next((part for part in (last, before.rpartition(".")[2]) if part in functions), "")
