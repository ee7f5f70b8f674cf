"""A trace as a graph in Graphviz' language.

Source of the format: https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.reports.traces.boxes import boxes

if TYPE_CHECKING:
    from mlops_scan.trace import Trace


def render(trace: Trace) -> str:
    """Return a directed graph: a box a place, an arrow a step, dashed where a chain ends early."""
    found, arrows = boxes(trace)
    lines = ["digraph chains {", "  rankdir=LR;", '  node [shape=box, fontname="sans-serif"];']
    for box in found:
        style = ", style=dashed" if box.end else ""
        lines.append(f'  {box.name} [label="{_quoted(box.what)}\\n{_quoted(box.place)}"{style}];')
    lines += [f"  {source} -> {target};" for source, target in arrows]
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
