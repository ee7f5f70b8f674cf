"""What is there, and writing it: whole files, below the top folder, through no link."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from mlops_scan import files
from mlops_scan.init.kinds import RefusedError
from mlops_scan.sources.regular import UnreadableError
from mlops_scan.sources.regular import read as read_regular

if TYPE_CHECKING:
    from mlops_scan.init.kinds import Change, Site

_MOST = 1_000_000  # bytes; no configuration that people keep by hand is larger


def existing(site: Site, path: str) -> bytes | None:
    """Return the bytes of a file, None where it is not there. Raises `RefusedError` for a link or what is no file."""
    target = site.root / path
    if not _within(site.root, target.parent):
        message = f"{path}: a link leads to another folder there: make it a folder, or name other parts with --only"
        raise RefusedError(message)
    try:
        mode = target.lstat().st_mode
        if not stat.S_ISREG(mode):
            message = f"{path} is not a regular file, and is left as it is: move it, or name other parts with --only"
            raise RefusedError(message)
        return read_regular(str(target), _MOST)
    except FileNotFoundError:
        return None
    except (OSError, UnreadableError) as error:
        message = f"{path}: {getattr(error, 'strerror', None) or error}"
        raise RefusedError(message) from error


def text(data: bytes, path: str) -> str:
    """Return the text of a file that is to be edited, its line ends as they are. Raises `RefusedError` if not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8, and is left as it is: convert it, or name other parts with --only"
        raise RefusedError(message) from error


def line_end(written: str) -> str:
    """Return the line end of a text."""
    return "\r\n" if "\r\n" in written else "\n"


def write(site: Site, change: Change) -> None:
    """Write a file whole. Raises `RefusedError` where it cannot be, or is not any more what was planned from."""
    if existing(site, change.path) != change.before:
        message = f"{change.path} changed meanwhile, and is left as it is: run again"
        raise RefusedError(message)
    target = site.root / change.path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        files.replace(target, change.after)
    except OSError as error:
        message = f"cannot write {change.path}: {error.strerror or error}"
        raise RefusedError(message) from error


def _within(root: Path, folder: Path) -> bool:
    """Tell whether a folder is where its name says: no part of it below the top is a link."""
    named = Path(os.path.realpath(root), folder.relative_to(root))
    return os.path.normcase(os.path.realpath(folder)) == os.path.normcase(named)
