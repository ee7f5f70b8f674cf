"""What reports of a history share: how they name levels, times and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.history import History, Point

# characters of a commit, as git shows it where there is room
COMMIT = 12
_WIDTH = 60
_ONE = {"tag": "one for each tag", "commit": "one for each commit"}


def span(history: History) -> str:
    """Say of what the history is, and how closely it was looked at."""
    first, last = history.points[0], history.points[-1]
    days = f"{first.time[:10]} to {last.time[:10]}"
    often = _ONE.get(history.every, f"at least one a {history.every}")
    commits = f"{history.commits} commit{'s' if history.commits != 1 else ''}"
    points = f"{len(history.points)} point{'s' if len(history.points) != 1 else ''}"
    return f"History of {visible(history.source.path, _WIDTH)}, {days}: {commits}, {points}, {often}"


def level(point: Point) -> str:
    """Say the level of a point."""
    return "no level" if point.level is None else f"level {point.level}"


def levels(before: Point | None, point: Point) -> str:
    """Say the level of a point, and the one before where it differs; the kind where it is another."""
    kind = "" if before and before.kind == point.kind else f", {point.kind}"
    if before is None or before.level == point.level:
        return level(point) + kind
    return f"{level(before)} -> {level(point).removeprefix('level ')}{kind}"


def turning(history: History) -> Iterator[tuple[Point | None, Point]]:
    """Yield the points at which anything changed, and the first and the last, each with the one before."""
    before: Point | None = None
    for number, point in enumerate(history.points, 1):
        changed = before is None or before.level != point.level or before.kind != point.kind
        if changed or point.gained or point.lost or number == len(history.points):
            yield before, point
        before = point
