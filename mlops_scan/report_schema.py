"""The JSON Schema of the JSON report, generated from the values that it is made of.

``python -m mlops_scan.report_schema`` writes it into the documentation; a test holds the two equal. Keys may be added
to a version, so that the schema demands those that it knows and allows others.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import msgspec

from mlops_scan.assessment import Assessment
from mlops_scan.reports.assessments.json import SCHEMA_VERSION
from mlops_scan.schema import dedented

FILE = Path(__file__).resolve().parent.parent / f"docs/schema/report-{SCHEMA_VERSION}.json"
_OURS = f"https://github.com/mlops-scan/mlops-scan/blob/main/docs/schema/report-{SCHEMA_VERSION}.json"


class Maker(msgspec.Struct):
    """What made the report."""

    name: Literal["mlops-scan"]
    version: str


def render() -> str:
    """Return the schema as indented JSON with a final newline."""
    judged = [(field.encode_name, field.type) for field in msgspec.structs.fields(Assessment)]
    frame = [("schema_version", Literal[SCHEMA_VERSION]), ("tool", Maker)]
    kind = msgspec.defstruct("Report", [*frame, *judged, ("advice", dict[str, str])])
    root = _open(dedented(msgspec.json.schema(kind)))
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": _OURS, "title": "mlops-scan report"}
    return msgspec.json.format(msgspec.json.encode({**head, **root}), indent=2).decode() + "\n"


def _open(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Demand every key of an object, as all are always written, and allow more."""
    if isinstance(node, list):
        return [_open(item) for item in node]
    if not isinstance(node, dict):
        return node
    rest = {key: _open(value) for key, value in node.items() if key not in {"default", "additionalProperties"}}
    if isinstance(node.get("additionalProperties"), dict):
        rest["additionalProperties"] = node["additionalProperties"]
    return {**rest, "required": list(node["properties"])} if "properties" in node else rest


if __name__ == "__main__":
    FILE.write_text(render(), encoding="utf-8", newline="\n")
