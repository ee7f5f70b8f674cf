"""A difference for a terminal: the levels, then what was lost and gained, each with the lines that did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlops_scan.model import DEFAULT
from mlops_scan.reports.visible import place, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.difference import Change, Difference, Line, Side

_WIDTH = 90


def render(difference: Difference) -> str:
    """Return the difference, styled; whoever prints it takes colour off where it is not wanted."""
    return "\n".join(_all(difference)) + "\n"


def _all(difference: Difference) -> Iterator[str]:
    base, head = difference.base, difference.head
    yield click.style(
        f"{levels(base, head)}  ({visible(base.label, _WIDTH)} -> {visible(head.label, _WIDTH)}){by(difference)}",
        bold=True,
    )
    for change in difference.lost:
        yield click.style(f"- {change.id}", fg="red") + _said(change, "lost", difference)
        yield from map(_line, change.lines)
    for change in difference.gained:
        yield click.style(f"+ {change.id}", fg="green") + _said(change, "gained", difference)
        yield from map(_line, change.lines)
    if not (difference.lost or difference.gained):
        yield "No capability gained or lost"


def levels(base: Side, head: Side) -> str:
    """Say how the level changed."""
    name = "no level, no machine learning found" if head.level is None else head.level_name
    if base.level == head.level:
        return "No level" if head.level is None else f"Level {head.level}, as before: {name}"
    old, new = ("none" if side.level is None else side.level for side in (base, head))
    return f"Level {old} -> {new}: {name}"


def by(difference: Difference) -> str:
    """Return the maturity model as it stands behind the levels; empty for the default one."""
    return "" if difference.model.id == DEFAULT else f", by {difference.model.name}"


def _said(change: Change, word: str, difference: Difference) -> str:
    part = f"{difference.model.part} {change.level}"
    required = f", required for {part}" if change.required else f", {part}"
    status = f": {change.before} -> {change.after}" if change.after != "absent" and change.before != "absent" else ""
    return f"  {word}{required}{status}"


def _line(line: Line) -> str:
    what = f"  {visible(line.what, _WIDTH)}" if line.what else ""
    return f"    {line.change:<8}{place(line.path, line.line)}{what}"
