"""A difference as GitHub Flavored Markdown, for pull requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.reports.differences.text import levels
from mlops_scan.reports.markup import code, place_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.difference import Change, Difference


def render(difference: Difference) -> str:
    """Return the difference; what names the sides and the places is quoted."""
    return "\n".join(_lines(difference)) + "\n"


def _lines(difference: Difference) -> Iterator[str]:
    base, head = difference.base, difference.head
    yield f"## MLOps: {levels(base, head, '→')}"
    yield ""
    yield f"From {code(base.label)} to {code(head.label)}:"
    yield ""
    for change in difference.lost:
        yield from _change(change, "❌", "lost")
    for change in difference.gained:
        yield from _change(change, "✅", "gained")
    if not (difference.lost or difference.gained):
        yield "No capability gained or lost."


def _change(change: Change, mark: str, word: str) -> Iterator[str]:
    required = "required for level" if change.required else "level"
    yield f"- {mark} **{change.id}** {word} ({required} {change.level})"
    for line in change.lines:
        yield f"  - {line.change} {place_code(line.path, line.line)}" + (f" {code(line.what)}" if line.what else "")
