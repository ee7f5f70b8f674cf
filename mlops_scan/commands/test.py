"""``mlops-scan test``: asks the examples of tool files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_scan.console import GATE_FAILED, USAGE, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.examples import Example
    from mlops_scan.spec import Tool


@click.command("test")
@click.argument("places", metavar="[FOLDER|FILE]...", nargs=-1)
def command(places: tuple[str, ...]) -> None:
    """Try the examples of tool files: those of folders or files, or of the catalogues in the settings.

    Exit status 1 where an example does not hold, 2 where a tool file cannot be used.
    """
    tools = _usable(places or _configured())
    asked = list(_asked(tools))
    failed = [(example, wrong) for example in asked if (wrong := example.wrong())]
    for example, wrong in failed:
        tell(" ".join(filter(None, (f"{example.detector} {example.name}:", example.path, wrong))))
    tell(_summary(tools, len(asked), len(failed)))
    if failed:
        raise SystemExit(GATE_FAILED)


def _configured() -> tuple[str, ...]:
    from mlops_scan import config

    found = config.find(".").catalogues
    if not found:
        message = "give a folder of tool files or a tool file, or name `catalogues` in the settings"
        raise click.UsageError(message)
    return found


def _usable(places: Iterable[str]) -> list[Tool]:
    """Return the tools that are described; where some cannot be used, say why, each in a line, and end."""
    read = [found for place in places for found in _read(place)]
    wrong = [found for found in read if isinstance(found, str)]
    for told in wrong:
        tell(f"mlops-scan: {told}", err=True)
    if wrong:
        raise SystemExit(USAGE)
    return [found for found in read if not isinstance(found, str)]


def _read(place: str) -> Iterator[Tool | str]:
    """Yield each tool of a folder or file, or in words why it cannot be used."""
    from mlops_scan import catalogue

    try:
        files = catalogue.tool_files(Path(place))
    except catalogue.CatalogueError as error:
        yield str(error)
        return
    for file in files:
        yield _tool(file)


def _tool(file: Path) -> Tool | str:
    from mlops_scan import catalogue

    try:
        return catalogue.read_tool(file)
    except catalogue.CatalogueError as error:
        return str(error)


def _asked(tools: list[Tool]) -> Iterator[Example]:
    """Yield what must hold of the tools, standing beside the built-in and installed ones."""
    from mlops_scan import catalogue, examples

    others = {entry.id for entry in catalogue.load().entries()}
    known = others.union(f"{tool.id}.{detector.id}" for tool in tools for detector in tool.detector)
    for tool in tools:
        yield from examples.misnamed(tool, known)
        yield from examples.examples(tool)


def _summary(tools: list[Tool], asked: int, failed: int) -> str:
    detectors = sum(len(tool.detector) for tool in tools)
    of = f"{_counted(len(tools), 'tool')}, {_counted(detectors, 'detector')}: "
    held = f"all {asked} examples and alternatives hold" if not failed else ""
    return of + (held or f"{failed} of {asked} examples and alternatives do not hold")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
