"""A trace as a Mermaid flowchart, as forges draw it in Markdown.

Source of the format: https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.reports.traces.boxes import boxes

if TYPE_CHECKING:
    from mlops_scan.trace import Trace

_PLAIN = frozenset(" -_./:,=+@")


def render(trace: Trace) -> str:
    """Return a flowchart: a box a place, an arrow a step; where a chain ends early the box has round ends."""
    found, arrows = boxes(trace)
    lines = ["flowchart LR"]
    for box in found:
        label = f'"{_escaped(box.what)}<br>{_escaped(box.place)}"'
        lines.append(f"  {box.name}([{label}])" if box.end else f"  {box.name}[{label}]")
    lines += [f"  {source} --> {target}" for source, target in arrows]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """Return text with everything but plain characters as entity codes, which no label can be ended by."""
    return "".join(char if char.isalnum() or char in _PLAIN else f"#{ord(char)};" for char in text)
