"""The JSON Schema of tool files, generated from `mlops_scan.spec`.

``python -m mlops_scan.schema`` writes it beside this module; a test holds the two equal.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import msgspec

from mlops_scan.spec import Tool

FILE = Path(__file__).resolve().parent / "detector.schema.json"


def render() -> str:
    """Return the schema as indented JSON with a final newline."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Tool)}
    return msgspec.json.format(msgspec.json.encode(dedented(schema)), indent=2).decode() + "\n"


def dedented(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Take the indent off descriptions: Python 3.13 does so when it compiles a docstring, older ones do not."""
    if isinstance(node, list):
        return [dedented(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: inspect.cleandoc(value) if key == "description" and isinstance(value, str) else dedented(value)
        for key, value in node.items()
    }


if __name__ == "__main__":
    FILE.write_text(render(), encoding="utf-8", newline="\n")
