"""Files to facts: small ones one after the other, others in workers, side by side where there is enough to read."""

from __future__ import annotations

import os
import sys
import threading
from itertools import chain, count
from typing import TYPE_CHECKING

from mlops_scan import alarm, facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.workers import Named, Read, Worker

# below this, starting processes costs more than they save; one that cannot be forked costs ten times more to start
_WORTH = 1_000_000
_WORTH_SPAWNING = 10_000_000
# larger files are read in a worker however few there are: what is made to hold up or kill a reader is large
ALONE = 32_768
PATIENCE = 10.0
_CHUNK = 100_000
_AHEAD = 3
_MOST_JOBS = 8


def read_all(files: Iterable[Named], jobs: int | None = None) -> Iterator[Read]:
    """Yield the path of each file and what it states, in order, read by ``jobs`` processes (default: one a core).

    Of a file whose reader died or took too long comes a diagnostic instead: another time it may be read.
    """
    files = iter(files)
    jobs = jobs or min(cores(), _MOST_JOBS)
    first = list(_first(files, _WORTH if forks() else _WORTH_SPAWNING)) if jobs > 1 else []
    rest = next(files, None)
    everything = chain(first, () if rest is None else (rest,), files)
    if jobs == 1 or rest is None:
        yield from _one_by_one(everything)
    else:
        yield from _side_by_side(_chunks(everything), jobs)


def _first(files: Iterator[Named], size: int) -> Iterator[Named]:
    """Take files until they hold ``size`` bytes together."""
    for path, data in files:
        yield path, data
        size -= len(data)
        if size < 0:
            return


def _one_by_one(files: Iterable[Named]) -> Iterator[Read]:
    """Read small files here, and large ones in one worker, which the first of them starts."""
    worker: list[Worker] = []
    try:
        for path, data in files:
            yield _guarded(worker, path, data) if len(data) > ALONE else (path, _here(path, data))
    finally:
        for one in worker:
            one.stop()


def _here(path: str, data: bytes) -> facts.Reading | facts.Diagnostic:
    """Read in this process, for no longer than a worker may."""
    try:
        with alarm.within(PATIENCE):
            return facts.read(path, data)
    except alarm.LateError:
        return facts.Diagnostic(
            path, 0, f"not read: its reader took longer than {PATIENCE:.0f} s ({len(data):,} bytes)"
        )


def _guarded(worker: list[Worker], path: str, data: bytes) -> Read:
    from mlops_scan import workers

    if not worker:
        facts.readers()  # forked processes find them there
        worker.append(workers.Worker())
    worker[0].give([(path, data)])
    while worker[0].waiting:
        for _, read in workers.next_of(worker):
            return read
    raise AssertionError(path)


def _side_by_side(chunks: Iterator[list[Named]], jobs: int) -> Iterator[Read]:
    """Read lists of files in several workers; what is done early waits for its turn."""
    from mlops_scan import workers

    facts.readers()  # forked processes find them there
    pool = [workers.Worker() for _ in range(jobs)]
    place = {id(worker): -1 for worker in pool}
    done: dict[int, list[Read]] = {}
    numbers, turn = count(), 0
    more: list[Named] | None = next(chunks, None)
    try:
        while more is not None or done:
            for worker in pool:
                if more is not None and not worker.waiting and len(done) < jobs * _AHEAD:
                    place[id(worker)] = next(numbers)
                    done[place[id(worker)]] = []
                    worker.give(more)
                    more = next(chunks, None)
            busy = [worker for worker in pool if worker.waiting]
            for worker, read in workers.next_of(busy) if busy else ():
                done[place[id(worker)]].append(read)
            while turn in done and not any(place[id(worker)] == turn and worker.waiting for worker in pool):
                yield from done.pop(turn)
                turn += 1
    finally:
        for worker in pool:
            worker.stop()


def _chunks(files: Iterable[Named]) -> Iterator[list[Named]]:
    files = iter(files)
    while chunk := list(_first(files, _CHUNK)):
        yield chunk


def forks() -> bool:
    """Tell whether this process can be forked: on Linux, while it has one thread."""
    return sys.platform == "linux" and threading.active_count() == 1


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
