"""Text of a repository made safe for Markdown: it stands in code spans, where nothing means anything.

Source of the rules: GitHub Flavored Markdown, https://github.github.com/gfm/#code-spans.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mlops_scan.reports.visible import place, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 300
# characters of a commit, as GitHub and git show it where there is room
COMMIT = 12
# a comment may hold 65,536 characters, a step summary 1 MiB; both leave room for what stands beside a report
MOST = 60_000
_CUT = "… cut here, to fit: `--format json` holds everything."
_END = "</details>"


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


def cut(lines: Iterable[str]) -> str:
    """Join lines to a document of at most `MOST` characters; what was cut is said, and an open section is closed."""
    kept: list[str] = []
    room = MOST - len(_CUT) - len(_END) - 4
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            opened = sum(line.startswith("<details>") for line in kept) > kept.count(_END)
            kept += ["", _CUT, *(["", _END] if opened else [])]
            break
        kept.append(line)
    return "\n".join(kept) + "\n"
