"""The JSON Schema of tool files, generated from `mlops_scan.spec`.

``python -m mlops_scan.schema`` writes it beside this module; a test holds the two equal.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from mlops_scan.spec import Tool

FILE = Path(__file__).resolve().parent / "detector.schema.json"


def render() -> str:
    """Return the schema as indented JSON with a final newline."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Tool)}
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


if __name__ == "__main__":
    FILE.write_text(render(), encoding="utf-8", newline="\n")
