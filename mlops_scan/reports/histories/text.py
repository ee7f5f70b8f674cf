"""A history for a terminal: the commits that changed the level or a capability, and what carries each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlops_scan.reports.courses import COMMIT, levels, span, turning
from mlops_scan.reports.visible import place, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.history import History, Point, Turn

_WIDTH = 60


def render(history: History) -> str:
    """Return the history, styled; whoever prints it takes colour off where it is not wanted."""
    return "\n".join(_all(history)) + "\n"


def _all(history: History) -> Iterator[str]:
    yield click.style(span(history), bold=True)
    if history.cut:
        yield "This clone is shallow: what came before is not known. `git fetch --unshallow` brings it"
    for before, point in turning(history):
        yield ""
        yield _head(before, point)
        yield from (_turn("+", "green", turn) for turn in point.gained)
        yield from (_turn("-", "red", turn) for turn in point.lost)


def _head(before: Point | None, point: Point) -> str:
    tag = f"  ({visible(point.tag, _WIDTH)})" if point.tag else ""
    said = f"{point.time[:10]}  {point.commit[:COMMIT]}  {levels(before, point)}{tag}"
    return f"{click.style(said, bold=True)}  {visible(point.subject, _WIDTH)}".rstrip()


def _turn(sign: str, colour: str, turn: Turn) -> str:
    required = f" (required for level {turn.level})" if turn.required else ""
    where = f"  {place(turn.path, turn.line)}" if turn.path else ""
    return click.style(f"  {sign} {turn.id}", fg=colour) + required + where
