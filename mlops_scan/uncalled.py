"""Functions and classes that nothing in a repository names: what they could do, nobody makes them do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts.kinds import Call, Command, Decorator, Definition, Guarded, Import, Link, Setting, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.evidence import Evidence, FileFacts

_CODE = ".py"
_PACKAGE = "__init__.py"
# functions that a platform calls by these names, which it is told in its console or knows
_ENTRIES = frozenset({"handler", "init", "lambda_handler", "main", "predict", "run"})


def weakened(found: Iterable[Evidence], known: Known) -> list[Evidence]:
    """Return evidence, weak where it is code of a function or class that nothing but a test names."""
    found = list(found)
    doubtful = {name for one in found if (name := _name(one))} - _ENTRIES
    named: set[str] = set()
    for file in known.files if doubtful else ():
        if file.role != "test":
            named.update(doubtful.intersection(_named(file)))
    idle = doubtful - named
    return [msgspec.structs.replace(one, strength="weak") if _name(one) in idle else one for one in found]


def _name(one: Evidence) -> str:
    """Return the function or class of a module that evidence is code of; nothing for other evidence."""
    return one.unit.partition(".")[0] if one.strength == "strong" and one.path.endswith(_CODE) else ""


def _named(file: FileFacts) -> Iterator[str]:
    """Yield the last names of what a file calls, hands over, decorates, links, sets or starts, or imports."""
    for call in file.of(Call):
        yield _last(call.name)
        yield from map(_last, (*call.references.values(), *call.arguments.values()))
    for command in file.of(Command):
        yield from (_last(word) for word in command.run.split(" ") if "." in word or ":" in word)
    for decorator in file.of(Decorator):
        yield decorator.unit.partition(".")[0]
        yield from map(_last, decorator.references.values())
    for imported in file.of(Import) if not file.path.endswith(_PACKAGE) else ():
        yield _last(imported.name)
    for defined in file.of(Definition):
        yield from map(_last, defined.bases)
    yield from _chosen(file)
    for unit in file.of(Unit):
        yield unit.name.partition(".")[0]
    for link in file.of(Link):
        yield _last(link.target)
    for setting in file.of(Setting):
        yield _last(setting.value)


def _chosen(file: FileFacts) -> Iterator[str]:
    """Yield all functions of a program that names none of them where it is run: words of its command line choose."""
    here = {fact.name for fact in file.of(Definition) if fact.kind != "module"}
    lines = {call.line for call in file.of(Call) if _last(call.name) in here}
    if any(lines.isdisjoint(range(main.line, main.end + 1)) for main in file.of(Guarded)):
        yield from here


def _last(name: str) -> str:
    return name.rpartition(".")[2].rpartition(":")[2]
