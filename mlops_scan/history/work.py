"""A history told in parts: one after the other, or in processes side by side where there is enough to judge."""

from __future__ import annotations

import multiprocessing
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan import reading, scan
from mlops_scan.history.course import Course
from mlops_scan.history.judging import Judge
from mlops_scan.history.points import Point, point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mlops_scan.catalogue import Catalogue
    from mlops_scan.history.readings import Readings
    from mlops_scan.history.trees import Trees
    from mlops_scan.sources import Source
    from mlops_scan.sources.commits import Commit

# with fewer commits to judge a process costs more than it saves
_WORTH = 12
# processes find there what they were forked for
_works: list[Work] = []


class Work(NamedTuple):
    """What is needed to tell the points of some commits of a ``line``.

    ``whole`` tells that the line begins with the first commit of all; ``past`` who had changed what by a commit.
    """

    line: Sequence[Commit]
    tags: Mapping[str, str]
    whole: bool
    trees: Trees
    readings: Readings
    catalogue: Catalogue
    options: scan.Options
    past: Callable[[Source], Mapping[str, frozenset[str]] | None]

    def points(self, numbers: Sequence[int], *, on: bool = False) -> Iterator[Point]:
        """Yield the points of commits in order; ``on``: the first was told already, and is only compared with."""
        judge = Judge(self.catalogue, self.readings, self.options)
        self.readings.expect(judge.opened(self.trees, numbers))
        for place, (before, stop) in enumerate(Course(self.trees, judge, self.past).stops(numbers)):
            if place or not on:
                base = before.found if before else None
                commit = self.line[stop.number]
                yield point(commit, self.tags.get(commit.id, ""), base, stop.found, whole=self.whole)
        self.readings.save()


def points(work: Work, numbers: Sequence[int]) -> tuple[Point, ...]:
    """Return the points of commits in order."""
    jobs = min(work.options.jobs or reading.cores(), len(numbers) // _WORTH)
    if jobs < 2 or not reading.forks():  # noqa: PLR2004 - one process is this one
        return tuple(work.points(numbers))
    work.readings.expect(Judge(work.catalogue, work.readings, work.options).opened(work.trees, numbers))
    work.readings.finish()
    return tuple(chain.from_iterable(_side_by_side(work, numbers, jobs)))


def _side_by_side(work: Work, numbers: Sequence[int], jobs: int) -> Iterator[list[Point]]:
    """Yield the points of equal parts of the line, each judged by a process that has all readings from this one."""
    from concurrent.futures import ProcessPoolExecutor

    bounds = [len(numbers) * part // jobs for part in range(jobs + 1)]
    _works.append(work)
    try:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
            parts = [pool.submit(_part, numbers[max(low - 1, 0) : high], on=low > 0) for low, high in pairwise(bounds)]
            for part in parts:
                yield msgspec.msgpack.decode(part.result(), type=list[Point])
    finally:
        _works.clear()


def _part(numbers: Sequence[int], *, on: bool) -> bytes:
    with scan.collector_paused():
        return msgspec.msgpack.encode(list(_works[-1].points(numbers, on=on)))
