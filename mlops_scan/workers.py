"""Processes that read files: what kills, fills or holds up a reader costs one file, not the scan.

A parser can overflow its stack in C, take all memory, or need hours for a file made for that. A worker may use
`MEMORY` more than it begins with (`mlops_scan.limits`), and has `PATIENCE` seconds a file.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections import deque
from multiprocessing import connection
from typing import TYPE_CHECKING, Any

import msgspec

from mlops_scan import facts, limits
from mlops_scan.diagnostics import Diagnostic
from mlops_scan.facts.kinds import Reading
from mlops_scan.facts.packed import pack, unpack
from mlops_scan.reading import PATIENCE, forks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

Named = tuple[str, bytes]
Read = tuple[str, "Reading | Diagnostic"]

MEMORY = 1 << 30
# without whatever shadows the standard library where somebody stands
_SAFE = os.path.dirname(os.__file__)  # noqa: PTH120 - a folder, to be entered


class Worker:
    """A process that reads one list of files at a time; a new one takes its place when it is lost."""

    def __init__(self) -> None:
        """Start it."""
        self.waiting: deque[Named] = deque()
        self.since = 0.0
        self.failed: deque[Read] = deque()
        self._start()

    def _start(self) -> None:
        context: Any = multiprocessing.get_context("fork" if forks() else "spawn")
        theirs, self.out = context.Pipe(duplex=False)
        self.back, answers = context.Pipe(duplex=False)
        self.process = context.Process(target=serve, args=(theirs, answers), daemon=True)
        with contextlib.nullcontext() if forks() else _elsewhere():
            self.process.start()
        theirs.close()
        answers.close()

    def give(self, files: list[Named]) -> None:
        """Have files read; the worker has answered all that it was given before."""
        self.waiting = deque(files)
        self._send()

    def _send(self) -> None:
        self.since = time.monotonic()
        with contextlib.suppress(OSError):  # it died before: `take` finds nothing, and starts another
            self.out.send_bytes(msgspec.msgpack.encode(list(self.waiting)))

    def late(self) -> bool:
        """Tell whether the file that it reads has taken too long."""
        return time.monotonic() - self.since > PATIENCE

    def take(self) -> Read:
        """Return the next answer, which has come, or why there is none."""
        path = self.waiting[0][0]
        try:
            answer = self.back.recv_bytes()
        except (EOFError, OSError):
            return self.lose("its reader died")
        self.waiting.popleft()
        self.since = time.monotonic()
        return path, unpack(answer)

    def lose(self, why: str) -> Read:
        """Give up the file that is being read, and go on with the others in a new process."""
        path, data = self.waiting.popleft()
        self.stop()
        self._start()
        if self.waiting:
            self._send()
        return path, Diagnostic(path, 0, f"not read: {why} ({len(data):,} bytes)")

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.join()
        self.out.close()
        self.back.close()


@contextlib.contextmanager
def _elsewhere() -> Iterator[None]:
    """Stand in the folder of the standard library: a new Python would import what the folder that we are in holds."""
    here = os.getcwd()  # noqa: PTH109 - as it is entered again
    os.chdir(_SAFE)
    try:
        yield
    finally:
        os.chdir(here)


def next_of(workers: list[Worker]) -> Iterator[tuple[Worker, Read]]:
    """Wait until some of these, which all have files, answer or are late; yield what became of a file of each."""
    by_pipe = {worker.back: worker for worker in workers}
    patience = max(0.0, min(worker.since for worker in workers) + PATIENCE - time.monotonic())
    ready: list[Any] = connection.wait(list(by_pipe), patience + 0.05)
    for pipe in ready:
        yield by_pipe[pipe], by_pipe[pipe].take()
    for worker in workers:
        if worker.back not in ready and worker.late():
            yield worker, worker.lose(f"its reader took longer than {PATIENCE:.0f} s")


def serve(files: Connection, answers: Connection) -> None:
    """Read the lists of files that come, and answer for each file, until nobody gives any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits.memory(MEMORY)
    with contextlib.suppress(EOFError, OSError):
        while True:
            for path, data in msgspec.msgpack.decode(files.recv_bytes(), type=list[Named]):
                answers.send_bytes(_answer(path, data))


def _answer(path: str, data: bytes) -> bytes:
    try:
        return pack(facts.read(path, data))
    except MemoryError:
        return pack(Reading((), (Diagnostic(path, 0, facts.TOO_MUCH),)))
