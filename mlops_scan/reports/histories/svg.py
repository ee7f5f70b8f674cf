"""A history as a picture that stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.reports.step_chart import drawn

if TYPE_CHECKING:
    from mlops_scan.history import History


def render(history: History) -> str:
    """Return the SVG; the same history gives the same bytes."""
    return drawn(history)
