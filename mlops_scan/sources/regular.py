"""Read regular files only: no link is followed, no FIFO or device is waited for."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class UnreadableError(Exception):
    """The reason, in words, why a file was not read."""


def read(name: str | bytes, cap: int, *, within: int | None = None) -> bytes:
    """Return the bytes of a regular file of at most ``cap`` bytes; ``within`` is an open directory."""
    try:
        handle = os.open(name, _FLAGS, dir_fd=within)
    except (OSError, ValueError) as error:
        raise UnreadableError(_reason(error)) from error
    try:
        return _content(handle, cap)
    except OSError as error:
        raise UnreadableError(_reason(error)) from error
    finally:
        os.close(handle)


def _content(handle: int, cap: int) -> bytes:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError(not_regular(status.st_mode))
    if status.st_size > cap:
        raise UnreadableError(too_large(status.st_size, cap))
    chunks, left = [], cap + 1
    while left > 0 and (chunk := os.read(handle, min(left, 1 << 20))):
        chunks.append(chunk)
        left -= len(chunk)
    if left <= 0:
        raise UnreadableError(too_large(cap + 1, cap))
    return b"".join(chunks)


def stamp(status: os.stat_result) -> tuple[int, ...]:
    """Return what shows, beside its size, that a file changed."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def small(path: str | Path, cap: int = 65_536) -> bytes | None:
    """Return the bytes of a small regular file, or None for whatever is not one."""
    try:
        return read(str(path), cap)
    except UnreadableError:
        return None


def too_large(size: int, cap: int) -> str:
    """Say why a file of ``size`` bytes is passed over."""
    return f"not read: {size:,} bytes or more, the limit is {cap:,}"


def not_regular(mode: int) -> str:
    """Say what a directory entry is instead of a file."""
    kinds = ((stat.S_ISFIFO, "FIFO"), (stat.S_ISSOCK, "socket"), (stat.S_ISDIR, "directory"), (stat.S_ISLNK, "link"))
    kind = next((word for test, word in kinds if test(mode)), "device")
    return f"not read: a {kind}, not a regular file"


def _reason(error: OSError | ValueError) -> str:
    return f"not read: {getattr(error, 'strerror', None) or error}"
