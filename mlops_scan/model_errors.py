"""Every error of a maturity model, with what to do about it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from mlops_scan import model
from mlops_scan.ladder import Item, Ladder, Level, Section, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TABLES: dict[str, type[msgspec.Struct]] = {"level": Level, "unseen": Unseen, "section": Section}
_FEWEST = 2


class Wrong(NamedTuple):
    """An error in a model file: the table that it stands in (``level``), its place among those from 0, and what to do.

    The table is empty for what stands at the top.
    """

    table: str
    place: int
    told: str


def errors(content: dict[str, Any]) -> list[Wrong]:
    """Return every error of a model: first in the shape of what is there, then in what it says together."""
    found = [Wrong("", 0, told) for told in _shape(content, Ladder, "the model", frozenset(_TABLES) | {"id"})]
    if "id" in content:
        found.append(Wrong("", 0, "unknown key 'id': the file's name is its id; remove it"))
    for name, kind in _TABLES.items():
        tables = content.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            found.append(Wrong("", 0, f"{name!r} is no list of tables: write [[{name}]]"))
            return found
        for index, one in enumerate(tables):
            found.extend(Wrong(name, index, told) for told in _shape(one, kind, f"[[{name}]]"))
    return found or list(_together(msgspec.convert(content, Ladder)))


def _shape(
    table: dict[str, Any], kind: type[msgspec.Struct], where: str, apart: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Yield what is wrong with the keys of a table, each alone; those ``apart`` are looked at elsewhere."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key, value in table.items():
        if key in apart:
            continue
        if key not in fields:
            yield f"unknown key {key!r} in {where}: {_instead(key, set(fields) - {'id'})}"
        elif told := _refused(value, fields[key].type):
            yield f"{key} = {value!r} in {where}: {told}"
    missing = [name for name, field in fields.items() if field.required and name not in table]
    yield from (f"{where} has no {name!r}: add it" for name in missing)


def _refused(value: object, kind: Any) -> str:  # noqa: ANN401 - a type
    """Return why a value is not of a type; empty where it is."""
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        return _plainer(str(error))
    return ""


def _plainer(told: str) -> str:
    """Say what to write, where the pattern that was asked for does not."""
    if "#[0-9a-f]" in told:
        return "a colour is written as '#0a5c9e', in small letters"
    if "matching regex" in told:
        return "a name is of letters, digits, blanks and , / & + ( ) ' -"
    return told


def _together(ladder: Ladder) -> Iterator[Wrong]:
    yield from _numbers(ladder)
    yield from _required(ladder)
    yield from _sections(ladder)
    for index, unseen in enumerate(ladder.unseen):
        if unseen.level not in {level.number for level in ladder.level}:
            yield Wrong("unseen", index, f"there is no level {unseen.level}: give the number of a level")
    part, whole = ladder.share
    if part > whole:
        yield Wrong("", 0, f"share = [{part}, {whole}] is more than all: write a fraction, as [2, 3]")


def _numbers(ladder: Ladder) -> Iterator[Wrong]:
    """Yield levels whose number is not the next one."""
    for index, level in enumerate(ladder.level):
        if level.number != index:
            yield Wrong("level", index, f"number = {level.number}, where {index} comes: number levels 0, 1, 2 in order")
    if len(ladder.level) < _FEWEST:
        yield Wrong("", 0, "a model has at least two levels: add [[level]]")


def _required(ladder: Ladder) -> Iterator[Wrong]:
    """Yield levels without required items, and capabilities that do not exist or stand twice."""
    seen: set[str] = set()
    for index, level in enumerate(ladder.level):
        if level.number and not level.required and not ladder.section:
            yield Wrong("level", index, f"level {level.number} requires nothing: name capabilities in `required`")
        if level.required and (ladder.section or not level.number):
            why = "the first level asks nothing" if not level.number else "sections decide in this model"
            yield Wrong("level", index, f"`required` of level {level.number} cannot count, as {why}: remove it")
        if () in level.required:
            yield Wrong("level", index, "an item of `required` is empty: name a capability in it, or remove it")
        names = (*(name for item in level.required for name in item), *level.recommended)
        yield from (Wrong("level", index, told) for told in _unknown(names))
        for name in dict.fromkeys(names):
            if name in seen or names.count(name) > 1:
                yield Wrong("level", index, f"{name!r} stands in the model twice: let one level have it")
        seen.update(names)


def _sections(ladder: Ladder) -> Iterator[Wrong]:
    bounds = [level.above for level in ladder.level]
    if ladder.section and bounds[1:] != sorted(set(bounds[1:])):
        yield Wrong("", 0, "`above` of each level is more than that of the one before: write them in order")
    if ladder.section and not any(section.shown() for section in ladder.section):
        yield Wrong("", 0, "no item of a section has capabilities: a repository could show nothing; name some in `all`")
    for index, section in enumerate(ladder.section):
        for item in section.item:
            yield from (Wrong("section", index, told) for told in (*_unknown(item.all), *_reason(item)))


def _reason(item: Item) -> Iterator[str]:
    if bool(item.all) == bool(item.why):
        yield f"{item.name!r} needs either `all`, its capabilities, or `why` a repository cannot show it"


def _unknown(names: Iterable[str]) -> Iterator[str]:
    known = [capability.id for capability in model.questions().capability]
    for name in names:
        if name not in known:
            yield f"no capability is called {name!r}: {_instead(name, known)}, see `mlops-scan list capabilities`"


def _instead(name: str, known: Iterable[str]) -> str:
    known = sorted(known)
    close = difflib.get_close_matches(name, known, 1)
    return f"did you mean {close[0]!r}?" if close else "remove it, or use one of those that there are"
