"""What was lost as annotations of GitHub Actions, beside the lines that did it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from mlops_scan.reports.annotations import MOST, Annotation, command
from mlops_scan.reports.checkout import in_checkout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.difference import Difference


def render(difference: Difference) -> str:
    """Return a workflow command a line, no more than GitHub shows."""
    return "".join(map(command, islice(_lost(difference), MOST)))


def _lost(difference: Difference) -> Iterator[Annotation]:
    for change in difference.lost:
        title = f"{change.id} lost"
        for line in change.lines[:1]:
            path = in_checkout(difference.head.source.path, line.path)
            yield Annotation("warning", path, line.line, title, f"{line.change}: {line.what or line.path}")
        if not change.lines:
            yield Annotation("warning", "", 0, title, f"{change.before} at {difference.base.label}, {change.after} now")
