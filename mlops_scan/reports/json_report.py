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
    return msgspec.json.format(msgspec.json.encode(document(assessment)), indent=2).decode() + "\n"


def document(assessment: Assessment) -> dict[str, Any]:
    """Return the report's content as plain values."""
    content: dict[str, Any] = msgspec.to_builtins(assessment)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "mlops-scan", "version": __version__},
        **content,
        "advice": {gap.capabilities[0]: gap.advice for gap in assessment.gaps},
    }
