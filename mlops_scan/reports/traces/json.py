"""A trace as JSON, schema version 1. Keys are only ever added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan import __version__
from mlops_scan.reports.json_report import SCHEMA_VERSION

if TYPE_CHECKING:
    from mlops_scan.trace import Trace


def render(trace: Trace) -> str:
    """Return the trace as indented JSON with a final newline."""
    head = {"schema_version": SCHEMA_VERSION, "tool": {"name": "mlops-scan", "version": __version__}}
    return msgspec.json.format(msgspec.json.encode({**head, **msgspec.to_builtins(trace)}), indent=2).decode() + "\n"
