"""Reads JSON as the flow style of YAML, which gives lines; tabs and oddities fall back to JSON without lines.

Comments, which YAML does not know, are taken out first where there are any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from mlops_scan.facts import json_comments, shapes, terraform_templates
from mlops_scan.facts.kinds import Diagnostic, Reading
from mlops_scan.facts.node import Node, settings
from mlops_scan.facts.text import decode
from mlops_scan.facts.yaml_documents import MAX_DEPTH, Documents
from mlops_scan.facts.yaml_documents import parse as parse_yaml

if TYPE_CHECKING:
    from mlops_scan.facts.kinds import Fact

READS = ("*.json", "*.jsonc", *terraform_templates.NAMES)

MAX_BYTES = 512_000


def read(path: str, data: bytes) -> Reading:
    """State every setting of a JSON file, and what it means to tools; larger files and bare lists are data."""
    if len(data) > MAX_BYTES or path.endswith(("package-lock.json", ".ipynb")):
        return Reading()
    template = not path.endswith((".json", ".jsonc"))
    documents = parse(terraform_templates.filled(decode(data)).encode() if template else data)
    facts: list[Fact] = []
    for node in documents.nodes:
        if node.mapping:
            facts.extend(settings(node))
            facts.extend(shapes.facts(path, node))
    wrong = (Diagnostic(path, documents.line, f"not read as JSON: {documents.message}"),) if documents.message else ()
    return Reading(tuple(facts), wrong)


def parse(data: bytes) -> Documents:
    """Return the document of JSON bytes, with lines wherever YAML reads it too."""
    documents = parse_yaml(data)
    if not documents.message:
        return documents
    text = decode(data)
    bare = json_comments.without(text) if "//" in text or "/*" in text else text
    if bare != text:
        documents = parse_yaml(bare.encode())
    if not documents.message:
        return documents
    try:
        return Documents((node(msgspec.json.decode(bare.encode())),))
    except (msgspec.DecodeError, ValueError, RecursionError):
        return documents


def node(value: Any, line: int = 1, depth: int = 0) -> Node:  # noqa: ANN401 - any plain value
    """Return plain values as a node whose parts all stand on one line; what is nested too deep is empty."""
    if depth > MAX_DEPTH:
        return Node(line, "")
    if isinstance(value, dict):
        return Node(line, {str(key): node(part, line, depth + 1) for key, part in value.items()})
    if isinstance(value, (list, tuple)):
        return Node(line, tuple(node(part, line, depth + 1) for part in value))
    if isinstance(value, bool):
        return Node(line, str(value).lower())
    return Node(line, "" if value is None else str(value))
