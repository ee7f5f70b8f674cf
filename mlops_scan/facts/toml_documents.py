"""Reads TOML: values by tomli, which gives no lines; lines by a look at headers and keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomli

from mlops_scan.facts import shapes
from mlops_scan.facts.json_documents import node as plain
from mlops_scan.facts.kinds import Diagnostic, Reading
from mlops_scan.facts.node import Node, settings
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = ("*.toml", "Pipfile")

MAX_BYTES = 1_000_000


def read(path: str, data: bytes) -> Reading:
    """State every setting of a TOML file, and what it means to tools."""
    if len(data) > MAX_BYTES:
        return Reading((), (Diagnostic(path, 0, f"TOML file over {MAX_BYTES:,} bytes: not read"),))
    try:
        document = parse(data)
    except (tomli.TOMLDecodeError, ValueError, RecursionError) as error:
        return Reading((), (Diagnostic(path, getattr(error, "lineno", 0) or 0, f"not read as TOML: {error}"),))
    facts: list[Fact] = [*settings(document), *shapes.facts(path, document)]
    return Reading(tuple(facts))


def parse(data: bytes) -> Node:
    """Return the document with lines. Raises `tomli.TOMLDecodeError` for what is not TOML."""
    text = decode(data)
    document = plain(tomli.loads(text))
    lines: dict[tuple[str, ...], int] = {}
    for way, line in _lines(text):
        for length in range(len(way), 0, -1):
            lines.setdefault(way[:length], line)
    return _lined(document, (), lines, 1)


def _lined(node: Node, way: tuple[str, ...], lines: dict[tuple[str, ...], int], line: int) -> Node:
    """Return the node with the lines that headers and keys stand on; parts of a value take their key's line."""
    line = lines.get(way, line)
    if isinstance(node.value, dict):
        return Node(line, {key: _lined(part, (*way, key), lines, line) for key, part in node.value.items()})
    if isinstance(node.value, tuple):
        parts = (_lined(part, (*way, str(number)), lines, line) for number, part in enumerate(node.value))
        return Node(line, tuple(parts))
    return Node(line, node.value)


def _lines(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the way to each table, key and item of a one-a-line list, with its line."""
    table: tuple[str, ...] = ()
    counts: dict[tuple[str, ...], int] = {}
    listed: tuple[str, ...] = ()
    item = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith("[") and not listed:
            way = _way(line.strip("[]# "))
            if line.startswith("[["):
                counts[way] = counts.get(way, -1) + 1
                way = (*way, str(counts[way]))
            table = way
            yield way, number
        elif listed:
            if line.startswith("]"):
                listed = ()
            elif line[:1] in {'"', "'", "{", "["}:
                yield (*listed, str(item)), number
                item += 1
        elif "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            way = (*table, *_way(key))
            yield way, number
            if value.strip().split("#")[0].strip() == "[":
                listed, item = way, 0


def _way(dotted: str) -> tuple[str, ...]:
    """Split a dotted key, quoted parts whole."""
    parts: list[str] = []
    quote = ""
    part = ""
    for char in dotted.split("]", maxsplit=1)[0]:
        if quote:
            quote, part = ("", part) if char == quote else (quote, part + char)
        elif char in "\"'":
            quote = char
        elif char == ".":
            parts.append(part.strip())
            part = ""
        else:
            part += char
    return (*parts, part.strip())
