"""A history as a table, one row a point: comma-separated values (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from mlops_scan.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.history import History, Point

_HEAD = ("commit", "time", "tag", "subject", "kind", "level", "level_name", "complete", "gained", "lost")
# what spreadsheets take for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@")


def render(history: History) -> str:
    """Return the table, with a column for each capability's status after those that all histories have."""
    names = list(history.points[-1].capabilities)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow((*_HEAD, *names))
    for point in history.points:
        writer.writerow([_cell(text) for text in (*_told(point), *(point.capabilities[name] for name in names))])
    return lines.getvalue()


def _told(point: Point) -> Iterator[str]:
    yield from (point.commit, point.time, point.tag, point.subject, point.kind)
    yield "" if point.level is None else str(point.level)
    yield from (point.level_name, str(point.complete).lower())
    yield from (" ".join(turn.id for turn in turns) for turns in (point.gained, point.lost))


def _cell(text: str) -> str:
    """Return text on one line that no spreadsheet computes: an apostrophe before it says that it is text."""
    shown = visible(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
