"""A badge as shields.io draws it from an endpoint: https://shields.io/badges/endpoint-badge (schema version 1)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mlops_scan.reports.badge import face

if TYPE_CHECKING:
    from mlops_scan.assessment import Assessment


def render(assessment: Assessment) -> str:
    """Return the endpoint's JSON; it refuses keys that it does not know."""
    shown = face(assessment)
    content = {"schemaVersion": 1, "label": shown.label, "message": shown.message, "color": shown.colour.lstrip("#")}
    return json.dumps(content) + "\n"
