"""A difference as GitHub Flavored Markdown, for pull requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlops_scan.reports.differences.text import by
from mlops_scan.reports.markup import COMMIT, code, cut, place_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.difference import Change, Difference, Side

_ID = re.compile(rf"[0-9a-f]{{{COMMIT}}}")
_PLACES = {"worktree": "the work tree", "index": "the index"}


def render(difference: Difference) -> str:
    """Return the difference, at most `markup.MOST` characters long; what names sides and places is quoted."""
    return cut(_lines(difference))


def _lines(difference: Difference) -> Iterator[str]:
    base, head = difference.base, difference.head
    old, new = _level(base), _level(head)
    yield f"## What changed: {f'{new}, as before' if old == new else f'{old} → {new}'}"
    yield ""
    yield f"From {_named(base)} to {_named(head)}{by(difference)}:"
    yield ""
    for change in difference.lost:
        yield from _change(change, "❌", "lost", difference.model.part)
    for change in difference.gained:
        yield from _change(change, "✅", "gained", difference.model.part)
    if not (difference.lost or difference.gained):
        yield "No capability gained or lost."


def _level(side: Side) -> str:
    return "no level" if side.level is None else f"level {side.level}"


def _named(side: Side) -> str:
    """Say what a side is; of a revision also its commit, once where it was called by that."""
    if side.source.kind in _PLACES:
        return _PLACES[side.source.kind]
    commit = side.source.commit or ""
    short = code(commit[:COMMIT])
    return short if _ID.match(side.label) or not commit else f"{code(side.label)} ({short})"


def _change(change: Change, mark: str, word: str, part: str) -> Iterator[str]:
    required = f"required for {part}" if change.required else part
    yield f"- {mark} **{change.id}** {word} ({required} {change.level})"
    for line in change.lines:
        yield f"  - {line.change} {place_code(line.path, line.line)}" + (f" {code(line.what)}" if line.what else "")
