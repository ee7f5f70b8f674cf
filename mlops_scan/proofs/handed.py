"""Answers of functions that calls hand on to other functions: ``deploy(is_better(new))``, or by a variable between."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.chains import members
from mlops_scan.facts.kinds import Call, Definition

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from mlops_scan.evidence import FileFacts

    Parameter = tuple[str, str]  # of a function

_OUTPUTS = frozenset({"output", "outputs"})
_MOST = 100  # so many calls stand in one


class Handed(NamedTuple):
    """A call that is handed an answer: under which name, and the function whose it is.

    ``deploy:0`` is what ``deploy`` is given first.
    """

    path: str
    call: Call
    under: str
    function: str


class Meant(NamedTuple):
    """What a function is given for a parameter that it calls: the call that makes it, else the one that gives it."""

    path: str
    call: Call


def answers(files: Sequence[FileFacts], functions: Container[str]) -> Iterator[Handed]:
    """Yield the calls that are handed the answer of one of the functions.

    What a function calls may be a parameter of it: ``build(check=is_better, put=deploy)``, where ``put(check(new))``.
    """
    meant = _meant(files)
    stands = {of: name for of, found in meant.items() if (name := _first((one.call.name for one in found), functions))}
    told: set[tuple[Parameter, str, str]] = set()
    for file in files:
        calls = file.of(Call)
        answered = ((call, _function(call.name, functions) or stands.get(_parameter(call), "")) for call in calls)
        made = {owner: name for call, name in answered if name for owner in call.owners}
        own = members.own(file.path)
        for call in calls:
            for key, text in call.arguments.items():
                held = call.references.get(key, "")
                name = (
                    made.get(held.removeprefix(own)) or _step(held, functions) if held else _function(text, functions)
                )
                if name:
                    under = f"{call.name.rpartition('.')[2]}:{key}" if key.isdigit() else key
                    yield Handed(file.path, call, under, name)
                    of = _parameter(call)
                    if of in meant and (of, under, name) not in told:
                        told.add((of, under, name))
                        yield from (Handed(one.path, one.call, under, name) for one in meant[of])


def _first(names: Iterable[str], functions: Container[str]) -> str:
    """Return the first of the functions that calls of these names ask; nothing where they ask none."""
    return next(filter(None, (_function(name, functions) for name in names)), "")


def _function(name: str, functions: Container[str]) -> str:
    """Return which of the functions a call asks, be it at once or for later: ``check``, ``check.submit``."""
    before, _, last = name.rpartition(".")
    return next((part for part in (last, before.rpartition(".")[2]) if part in functions), "")


def _step(held: str, functions: Container[str]) -> str:
    """Return which of the functions made the output that is held: ``check.output``, ``check.outputs``."""
    function, _, last = held.rpartition(".")
    function = function.rpartition(".")[2]
    return function if last in _OUTPUTS and function in functions else ""


def _parameter(call: Call) -> Parameter:
    """Return the function that a call stands in, and what it calls there if that is a parameter."""
    return call.unit.rpartition(".")[2], call.name.removeprefix(".")


def _meant(files: Sequence[FileFacts]) -> dict[Parameter, list[Meant]]:
    """Return what is given for the parameters that functions call."""
    parameters: dict[Parameter, str] = {}
    for file in files:
        own = {fact.name: fact.parameters for fact in file.of(Definition) if fact.parameters}
        for call in file.of(Call) if own else ():
            function, name = _parameter(call)
            if call.name.startswith(".") and name in own.get(call.unit, ()):
                parameters[function, name] = name
                parameters[function, str(own[call.unit].index(name))] = name
    found: dict[Parameter, list[Meant]] = defaultdict(list)
    for file in files if parameters else ():
        calls = file.of(Call)
        for number, call in enumerate(calls):
            function = call.name.rpartition(".")[2]
            for key, text in call.arguments.items():
                name = parameters.get((function, key), "")
                if name and "." in text:
                    found[function, name].append(Meant(file.path, _maker(calls[number : number + _MOST], text)))
    return found


def _maker(calls: Sequence[Call], name: str) -> Call:
    """Return the call of a name among what stands in the first of some calls, else that call by this name."""
    inner = (call for call in calls[1:] if call.name == name and call.unit == calls[0].unit)
    return next(inner, msgspec.structs.replace(calls[0], name=name))
