"""A limit on the time that one file may take in this process, where the system has timers (not on Windows).

It ends what loops in Python; what loops in C is ended by reading in a worker.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class LateError(BaseException):
    """Time is over. No `Exception`, so that no reader takes it for a defect of a file."""


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise `LateError` in what takes longer; in a thread beside the main one there is no limit."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _late(*_: object) -> None:
    raise LateError
