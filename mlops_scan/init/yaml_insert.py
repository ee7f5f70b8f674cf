"""Appends an item to a sequence of a YAML text, in the style of its neighbours; all else keeps its bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.init.disk import line_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.init.yaml_places import Spot


class Style(NamedTuple):
    """How a sequence is laid out: spaces before its hyphens, and between hyphen and item."""

    indent: int = 2
    room: int = 1


def appended(text: str, sequence: Spot, item: object, lines: Callable[[Style], list[str]]) -> str:
    """Return the text with one more item: ``lines`` renders it for indentation; between brackets JSON is YAML too."""
    if not sequence.flow:
        laid_out = style(text, sequence)
        return with_lines(text, _after(text, sequence.end, laid_out.indent), lines(laid_out))
    written = json.dumps(item)
    if sequence.items:
        end = sequence.items[-1].end
        return f"{text[:end]}, {written}{text[end:]}"
    start = text.index("[", sequence.start) + 1
    return text[:start] + written + text[start:]


def with_lines(text: str, at: int, lines: list[str]) -> str:
    """Return the text with whole lines inserted where a line begins, or at the end of the text."""
    end = line_end(text)
    room = end if at and text[at - 1] != "\n" else ""
    return text[:at] + room + "".join(line + end for line in lines) + text[at:]


def next_line(text: str, at: int) -> int:
    """Return where the line after an offset begins, or the end of the text."""
    return text.find("\n", at) + 1 or len(text)


def style(text: str, sequence: Spot) -> Style:
    """Return the layout of a sequence of lines, told by its last item."""
    last = sequence.items[-1]
    begin = text.rfind("\n", 0, last.start) + 1
    before = text[begin : last.start]
    indent = len(before) - len(before.lstrip(" "))
    return Style(indent, len(before) - indent - 1)


def _after(text: str, end: int, indent: int) -> int:
    """Return where an item ends: after the comments below it that stand deeper than its hyphen."""
    at = next_line(text, end)
    while at < len(text):
        line = text[at : next_line(text, at)]
        if not (line.startswith(" " * (indent + 1)) and line.lstrip(" ").startswith("#")):
            break
        at += len(line)
    return at
