"""Mage pipelines (``pipelines/NAME/metadata.yaml``) with their blocks, and their triggers (``triggers.yaml``).

Sources of the format: https://docs.mage.ai/design/data-pipeline-management and
https://docs.mage.ai/orchestration/triggers/configure-triggers-in-code
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_FOLDERS = {
    "data_loader": "data_loaders",
    "transformer": "transformers",
    "data_exporter": "data_exporters",
    "custom": "custom",
    "sensor": "sensors",
    "callback": "callbacks",
}
_EVENTS = {"time": "schedule", "event": "event"}


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the blocks of a pipeline, or the triggers of one."""
    folders = path.split("/")
    if len(folders) < len(("pipelines", "name", "file")) or folders[-3] != "pipelines":
        return
    if folders[-1] == "metadata.yaml":
        yield from _pipeline("/".join(folders[:-3]), folders[-2], document)
    elif folders[-1] == "triggers.yaml":
        yield from _triggers(posixpath.join(posixpath.dirname(path), "metadata.yaml"), document)


def _pipeline(project: str, name: str, document: Node) -> Iterator[Fact]:
    blocks = document.get("blocks")
    if blocks is None:
        return
    yield Unit(line=blocks.line, name="", kind="pipeline", alias=name)
    for block in blocks.items:
        uuid, kind = block.get("uuid"), block.get("type")
        if uuid is None or kind is None:
            continue
        yield Unit(line=uuid.line, name=uuid.text, kind="stage")
        yield Link(line=uuid.line, kind="unit", target=uuid.text)
        given = block.get("configuration", "file_source", "path")
        for file in _files(project, kind.text, uuid.text, given.text if given else ""):
            yield Link(line=uuid.line, kind="file", target=file, unit=uuid.text)
        needed = block.get("upstream_blocks")
        for other in needed.items if needed else ():
            yield Link(line=other.line, kind="after", target=other.text, unit=uuid.text)


def _files(project: str, kind: str, uuid: str, given: str) -> Iterator[str]:
    """Yield where a block's file may be: where its path says, or in the folder of its kind.

    Where one folder holds several projects, paths begin with the project's folder; that of another project is often
    left over from a pipeline that was copied, with its blocks.
    """
    around, name = posixpath.split(project)
    first = given.partition("/")[0]
    usual = [posixpath.join(project, _FOLDERS[kind], f"{uuid}.py")] if kind in _FOLDERS else []
    if not given:
        yield from usual
    elif given.endswith(".py") and name and first == name:
        yield posixpath.join(around, given)
    elif given.endswith(".py"):
        yield posixpath.join(project, given)
        yield from (posixpath.join(around, given), *usual) if first not in _FOLDERS.values() else ()


def _triggers(pipeline: str, document: Node) -> Iterator[Fact]:
    """Yield the triggers that start by themselves: active ones of a time or an event, not calls of the API."""
    listed = document.get("triggers")
    for trigger in listed.items if listed else ():
        name, kind, status = (trigger.get(key) for key in ("name", "schedule_type", "status"))
        if name is None or kind is None:
            continue
        yield Unit(line=name.line, name=name.text, kind="deployment")
        yield Link(line=name.line, kind="file", target=pipeline, unit=name.text)
        interval = trigger.get("schedule_interval")
        when = interval.text if interval else ""
        active = status is not None and status.text == "active"
        if active and kind.text in _EVENTS and when != "@once":
            yield Trigger(line=kind.line, event=_EVENTS[kind.text], detail=when, unit=name.text)
