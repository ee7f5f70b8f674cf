"""A difference as JSON, schema version 1. Keys are only ever added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.reports.assessments.json import framed

if TYPE_CHECKING:
    from mlops_scan.difference import Difference


def render(difference: Difference) -> str:
    """Return the difference as indented JSON with a final newline; ``worse`` tells whether something was lost."""
    return framed(difference, {"worse": difference.worse})
