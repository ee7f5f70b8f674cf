"""Files to facts: one after the other, or in processes side by side where there is enough to read."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec

from mlops_scan import facts
from mlops_scan.facts.kinds import AnyFact, Diagnostic, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor, Future

Named = tuple[str, bytes]
_Sent = tuple[str, tuple[AnyFact, ...], tuple[Diagnostic, ...]]

# below this, starting processes costs more than they save; one that cannot be forked costs ten times more to start
_WORTH = 1_000_000
_WORTH_SPAWNING = 10_000_000
_CHUNK = 100_000
_AHEAD = 3
_MOST_JOBS = 8


def read_all(files: Iterable[Named], jobs: int | None = None) -> Iterator[tuple[str, Reading]]:
    """Yield the path of each file and what it states, in order, read by ``jobs`` processes (default: one a core)."""
    files = iter(files)
    jobs = jobs or min(cores(), _MOST_JOBS)
    first = list(_first(files, _WORTH if forks() else _WORTH_SPAWNING)) if jobs > 1 else []
    rest = next(files, None)
    everything = chain(first, () if rest is None else (rest,), files)
    if jobs == 1 or rest is None:
        yield from ((path, facts.read(path, data)) for path, data in everything)
    else:
        yield from _side_by_side(everything, jobs)


def _first(files: Iterator[Named], size: int) -> Iterator[Named]:
    """Take files until they hold ``size`` bytes together."""
    for path, data in files:
        yield path, data
        size -= len(data)
        if size < 0:
            return


def _side_by_side(files: Iterable[Named], jobs: int) -> Iterator[tuple[str, Reading]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    facts.readers()  # forked processes find them there
    context = multiprocessing.get_context("fork" if forks() else "spawn")
    with ProcessPoolExecutor(jobs, context) as pool:
        try:
            yield from _in_order(pool, _chunks(files), jobs * _AHEAD)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _in_order(pool: Executor, chunks: Iterator[list[Named]], ahead: int) -> Iterator[tuple[str, Reading]]:
    waiting: deque[Future[bytes]] = deque(pool.submit(_read, chunk) for chunk in islice(chunks, ahead))
    decoder = msgspec.msgpack.Decoder(list[_Sent])
    while waiting:
        sent = waiting.popleft().result()
        waiting.extend(pool.submit(_read, chunk) for chunk in islice(chunks, 1))
        yield from ((path, Reading(stated, told)) for path, stated, told in decoder.decode(sent))


def _chunks(files: Iterable[Named]) -> Iterator[list[Named]]:
    files = iter(files)
    while chunk := list(_first(files, _CHUNK)):
        yield chunk


def _read(chunk: list[Named]) -> bytes:
    """Read some files in a process of their own; what travels is MessagePack, which is ten times faster than pickle."""
    readings = ((path, facts.read(path, data)) for path, data in chunk)
    return msgspec.msgpack.encode([(path, reading.facts, reading.diagnostics) for path, reading in readings])


def forks() -> bool:
    """Tell whether this process can be forked: on Linux, while it has one thread."""
    return sys.platform == "linux" and threading.active_count() == 1


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
