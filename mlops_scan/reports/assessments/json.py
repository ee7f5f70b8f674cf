"""The stable JSON report, schema version 1. Keys are only ever added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from mlops_scan import __version__

if TYPE_CHECKING:
    from mlops_scan.assessment import Assessment

SCHEMA_VERSION = 1


def render(assessment: Assessment) -> str:
    """Return the report as indented JSON with a final newline."""
    return framed(assessment, {"advice": {gap.capabilities[0]: gap.advice for gap in assessment.gaps}})


def framed(value: object, besides: dict[str, Any] | None = None) -> str:
    """Return a value as JSON in the frame of every report: schema version and tool first, then what it holds."""
    head = {"schema_version": SCHEMA_VERSION, "tool": {"name": "mlops-scan", "version": __version__}}
    content = {**head, **msgspec.to_builtins(value), **(besides or {})}
    return msgspec.json.format(msgspec.json.encode(content), indent=2).decode() + "\n"
