"""Writing files: whole or not at all, and never through a link."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

_NEW = 0o666


def replace(target: Path, data: bytes) -> bool:
    """Put a regular file in place in one step; tell whether that changed anything.

    Raises `OSError`, also for a link or a device: what a repository put there must not lead the write elsewhere.
    """
    mode = _mode(target)
    if mode is not None and target.stat().st_size == len(data) and target.read_bytes() == data:
        return False
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(part).chmod(_NEW & ~_umask() if mode is None else mode)
        Path(part).replace(target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return True


def _mode(target: Path) -> int | None:
    """Return the permissions of the file that is there, or None without one."""
    try:
        found = target.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        message = "it is not a regular file"
        raise OSError(message)
    return stat.S_IMODE(found.st_mode)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
