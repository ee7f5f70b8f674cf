"""Text of a repository made safe for Markdown: it stands in code spans, where nothing means anything.

Source of the rules: GitHub Flavored Markdown, https://github.github.com/gfm/#code-spans.
"""

from __future__ import annotations

from itertools import groupby

from mlops_scan.reports.visible import place, visible

LONGEST = 300


def code(text: str, most: int = LONGEST) -> str:
    """Return text as a code span, fenced by more backticks than it holds in a row."""
    shown = visible(text, most)
    runs = (len(list(run)) for char, run in groupby(shown) if char == "`")
    fence = "`" * (max(runs, default=0) + 1)
    room = " " if shown.startswith("`") or shown.endswith("`") or not shown.strip() else ""
    return f"{fence}{room}{shown}{room}{fence}"


def place_code(path: str, line: int) -> str:
    """Return a place as a code span."""
    return code(place(path, line))
