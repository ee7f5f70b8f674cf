"""Dagster: assets with their groups, jobs that select them, and what schedules and sensors name by text.

Sources of the format: https://docs.dagster.io/guides/build/assets/defining-assets,
https://docs.dagster.io/guides/build/assets/asset-selection-syntax and https://docs.dagster.io/guides/automate/schedules
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Call, Decorator, Fact

_ASSETS = ("dagster.asset", "dagster.multi_asset", "dagster.graph_asset", "dagster.graph_multi_asset")
# a job was called a pipeline once, and an op a solid
_JOBS = ("dagster.job", "dagster.graph", "dagster.pipeline")
_OPS = ("dagster.op", "dagster.solid")
_SELECTION = "dagster.AssetSelection."
_LOADERS = ("load_assets_from_modules", "load_assets_from_current_module")
# the units of a file that run all of its assets, or those of a group, in whichever file they stand
ALL = "all assets"
_GROUP = "asset group "


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield the assets, jobs and selections of a file."""
    if "dagster" not in stated.imports:
        return
    for decorator in stated.decorators:
        yield from _decorated(decorator)
    unclear = {call.owners[-1] for call in stated.calls if _is_job(call) and _selected(call) == "…"}
    for call in stated.calls:
        owner = call.owners[-1] if call.owners else ""
        if call.name.startswith("dagster.load_assets") and call.name.endswith(_LOADERS):
            yield from _loaded(call, stated)
        elif call.name.startswith("dagster.") and owner not in unclear:
            yield from _called(call, owner)
        elif _is_job(call):
            yield from _job(call, owner)


def _decorated(decorator: Decorator) -> Iterator[Fact]:
    if decorator.name in _ASSETS:
        yield from _asset(decorator)
    elif decorator.name in _OPS:
        yield Unit(line=decorator.line, name=decorator.unit, kind="stage")
    elif decorator.name in _JOBS:
        name = text(decorator.arguments, "name") or decorator.unit
        yield Unit(line=decorator.line, name=decorator.unit, kind="pipeline", alias=name)
    elif decorator.name.startswith("dagster."):
        yield from _named(decorator, decorator.unit)


def _called(call: Call, owner: str) -> Iterator[Fact]:
    """Yield what a call of Dagster's makes of the object that it is assigned to."""
    if _is_job(call):
        yield from _job(call, owner)
    elif call.name.startswith(_SELECTION) and owner:
        yield from _selection(call, owner)
    elif call.name == "dagster.AssetSpec" and owner:
        yield Unit(line=call.line, name=owner, kind="stage", alias=text(call.arguments, "0", "key"))
    else:
        yield from _named(call, owner)


def _asset(decorator: Decorator) -> Iterator[Fact]:
    """Yield an asset, and what runs it together with others."""
    name = text(decorator.arguments, "name") or decorator.unit
    yield Unit(line=decorator.line, name=decorator.unit, kind="stage", alias=name)
    group = text(decorator.arguments, "group_name")
    for together in (ALL, *((_GROUP + group,) if group else ())):
        yield Unit(line=decorator.line, name=together, kind="asset", alias=together)
        yield Link(line=decorator.line, kind="unit", target=decorator.unit, unit=together)


def _is_job(call: Call) -> bool:
    return call.name == "dagster.define_asset_job" and bool(call.owners)


def _selected(call: Call) -> str:
    return call.arguments.get("selection", call.arguments.get("1", "*"))


def _job(call: Call, owner: str) -> Iterator[Fact]:
    yield Unit(line=call.line, name=owner, kind="pipeline", alias=text(call.arguments, "name", "0"))
    selected = _selected(call)
    if not selected.startswith(("dagster.", ".", "…")):
        yield from _words(selected, call.line, owner)


def _words(selected: str, line: int, unit: str) -> Iterator[Link]:
    """Yield links to assets selected by text: names, ``group:x``, ``*``; what stands upstream of them is left out."""
    for word in selected.split(" "):
        name = word.strip("*+").replace('"', "").replace("'", "").removeprefix("key:")
        group = name.removeprefix("group:")
        target = ALL if not name else name if group == name else _GROUP + group
        yield Link(line=line, kind="name", target=target, unit=unit)


def _selection(call: Call, owner: str) -> Iterator[Link]:
    """Yield links of an ``AssetSelection``, of which further selections may hang."""
    how = call.name.removeprefix(_SELECTION).partition(".")[0]
    given = [value for key, value in call.arguments.items() if key.isdigit() and not value.startswith((".", "…"))]
    if how == "all" and call.name == f"{_SELECTION}all":
        yield Link(line=call.line, kind="name", target=ALL, unit=owner)
    elif call.name == f"{_SELECTION}groups":
        yield from (Link(line=call.line, kind="name", target=_GROUP + name, unit=owner) for name in given)
    elif call.name in {f"{_SELECTION}assets", f"{_SELECTION}keys"}:
        handed = set(call.references)
        names = [value for key, value in call.arguments.items() if key.isdigit() and key not in handed]
        yield from (Link(line=call.line, kind="name", target=name, unit=owner) for name in names)


def _loaded(call: Call, stated: Stated) -> Iterator[Fact]:
    """Yield the group that modules are loaded into."""
    group = text(call.arguments, "group_name")
    if group:
        yield Unit(line=call.line, name=_GROUP + group, kind="asset", alias=_GROUP + group)
        for name in call.references.values():
            target = f"{stated.target(name)}.{ALL}"
            yield Link(line=call.line, kind="function", target=target, unit=_GROUP + group)


def _named(fact: Call | Decorator, unit: str) -> Iterator[Link]:
    """Yield links of schedules and sensors that name their job or selection by text."""
    job = text(fact.arguments, "job_name", "pipeline_name")
    if job and unit:
        yield Link(line=fact.line, kind="name", target=job, unit=unit)
    target = text(fact.arguments, "target")
    if target and unit and "target" not in fact.references and not target.startswith("dagster."):
        yield from _words(target, fact.line, unit)
