"""A history as JSON, schema version 1. Keys are only ever added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.reports.assessments.json import framed

if TYPE_CHECKING:
    from mlops_scan.history import History


def render(history: History) -> str:
    """Return the history as indented JSON with a final newline."""
    return framed(history)
