"""Patterns as in .gitignore, kept from costing much: pathspec turns them into backtracking expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlops_scan.sources.kinds import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathspec import GitIgnoreSpec

DEEPEST = 64
_LONGEST = 512
_MOST_LINES = 2_000
_WILD = 4
_STARS = 3


def compiled(lines: Iterable[str]) -> GitIgnoreSpec | None:
    """Return a matcher for those patterns that are valid and cheap; None when there is none."""
    wanted = [line for line in lines if line.strip() and not line.startswith("#") and cheap(line)]
    if not wanted:
        return None
    return _spec([line for line in wanted[:_MOST_LINES] if _valid(line)])


def excludes(patterns: Sequence[str]) -> GitIgnoreSpec | None:
    """Return a matcher for what a user leaves out; a pattern that cannot be used is an error."""
    for pattern in patterns:
        if not cheap(pattern) or not _valid(pattern):
            message = f"cannot use the exclude pattern {pattern[:80]!r}; give a .gitignore pattern with fewer wildcards"
            raise SourceError(message)
    return compiled(patterns)


def excluded(spec: GitIgnoreSpec, path: str) -> bool:
    """Tell whether a path is left out; one nested beyond reason is not looked at."""
    return path.count("/") <= DEEPEST and spec.match_file(path)


def cheap(line: str) -> bool:
    """Tell whether a pattern is short with few wildcards: time grows with the path to the power of their number."""
    segments = line.split("/")
    deep = segments.count("**")
    stars = sum(_runs(segment) for segment in segments if segment not in {"*", "**"})
    return len(line) <= _LONGEST and stars <= _STARS and deep + stars <= _WILD


def _runs(segment: str) -> int:
    """Count the runs of stars in a segment."""
    return sum(after == "*" != before for before, after in zip(" " + segment, segment, strict=False))


def _valid(line: str) -> bool:
    try:
        _spec([line])
    except (ValueError, re.error):  # a set such as `[?-.]` reaches `re` as it stands
        return False
    return True


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    """Compile patterns; `re` warns of sets such as `[[]` that a later syntax may read otherwise."""
    import warnings

    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return GitIgnoreSpec.from_lines(lines)
