"""Which commits of a branch a history looks at."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from mlops_scan.sources.commits import Commit

COMMIT, TAG = "commit", "tag"
# of commits that share what this says, the last is looked at
_LAST_OF: dict[str, Callable[[dt.datetime], object]] = {
    "week": lambda time: time.isocalendar()[:2],
    "month": lambda time: (time.year, time.month),
}
_YEAR_10000 = 253_402_300_800


class Choice(NamedTuple):
    """A point for each week, month, tag or commit (``every``), of commits from a day to a day, in UTC."""

    every: str = "month"
    since: dt.date | None = None
    until: dt.date | None = None


def time(commit: Commit) -> dt.datetime:
    """Return when a commit was made; one from beyond the calendar counts as made on its first day."""
    seconds = commit.time if commit.time < _YEAR_10000 else 0
    return dt.datetime.fromtimestamp(seconds, tz=dt.timezone.utc)


def chosen(line: Sequence[Commit], choice: Choice, tags: Collection[str]) -> list[int]:
    """Return the numbers of the commits to look at, in order; the first and last within the days are always there."""
    within = [number for number, commit in enumerate(line) if _within(commit, choice)]
    if choice.every == COMMIT:
        return within
    if choice.every == TAG:
        found = {number for number in within if line[number].id in tags}
    else:
        label = _LAST_OF[choice.every]
        found = {number for number, after in pairwise(within) if label(time(line[number])) != label(time(line[after]))}
    return sorted(found.union(within[:1], within[-1:]))


def _within(commit: Commit, choice: Choice) -> bool:
    day = time(commit).date()
    return (choice.since is None or day >= choice.since) and (choice.until is None or day <= choice.until)
