"""What code, libraries and folders of tool files are at this moment, as short digests: whatever changes has another.

They are told by the state of files, not by reading them: name, size, times of change and inode. A file that changed
this very moment could change again without showing it (git's "racily clean"), so a stamp says from when it is.
"""

from __future__ import annotations

import functools
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import __version__
from mlops_scan.cache import key
from mlops_scan.sources.regular import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# coarser than the clock of any file system in use
SETTLED = 2_000_000_000
# what turns bytes into facts beside our own code; a test holds it against the dependencies of the package
PARSERS = frozenset(
    {"jinja2", "msgspec", "nbformat", "packaging", "pygments", "pyyaml", "tomli", "tree_sitter", "tree_sitter_hcl"}
)
# what facts are made with that stands below them
_BELOW = ("globs.py",)
_APART = frozenset({"__pycache__", "detectors"})
_INSTALLED = (".dist-info", ".egg-info")

State = tuple[str, int, tuple[int, ...]]


class Stamp(NamedTuple):
    """A digest of files, and whether they had been at rest long enough for it to be believed."""

    digest: bytes
    settled: bool


def state(name: str, status: os.stat_result) -> State:
    """Return what shows that a file changed."""
    return name, status.st_size, stamp(status)


def at_rest(times: tuple[int, ...], now: int) -> bool:
    """Tell whether a file, by its `regular.stamp`, changed long enough before ``now`` for any later change to show."""
    return bool(times) and max(times[:2]) < now - SETTLED


def together(stamps: Iterable[Stamp]) -> Stamp:
    """Return the stamp of several in order."""
    known = tuple(stamps)
    return Stamp(key("together", [stamp.digest for stamp in known]), all(stamp.settled for stamp in known))


def of_folder(top: Path, endings: tuple[str, ...], *, deep: bool = False) -> Stamp | None:
    """Return the stamp of the files in a folder with such names, of a file itself; None where there are none.

    ``deep``: also of those in the folders below, but for what is compiled or has a stamp of its own.
    """
    now = time.time_ns()
    try:
        states = sorted(_states(str(top), endings, deep=deep)) if top.is_dir() else [state(str(top), top.stat())]
    except OSError:
        return None
    return Stamp(key("files", states), all(at_rest(found[2], now) for found in states)) if states else None


@functools.cache
def code() -> Stamp:
    """Return the stamp of all that judges: mlops-scan itself and what `readers` says."""
    return together((_own(""), readers()))


@functools.cache
def readers() -> Stamp:
    """Return the stamp of all that turns bytes into facts: the readers, the parsers that they use, and Python."""
    parsers = sorted(name for _, name, _ in installed() if name.lower().partition("-")[0].replace(".", "_") in PARSERS)
    known = Stamp(key("readers", __version__, sys.version, parsers), settled=True)
    return together((known, _own("facts"), *map(_own, _BELOW)))


@functools.cache
def installed() -> tuple[tuple[str, str, int], ...]:
    """Return the distributions that Python finds: folder, name with version, and time of change."""
    return tuple(found for folder in dict.fromkeys(sys.path) for found in _distributions(folder or os.curdir))


def _distributions(folder: str) -> Iterator[tuple[str, str, int]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(_INSTALLED):
                    yield folder, entry.name, entry.stat().st_mtime_ns
    except OSError:
        return


def _own(folder: str) -> Stamp:
    """Return the stamp of the package's own files; one that has none here, in an archive, is never believed."""
    found = of_folder(Path(__file__).resolve().parent / folder, (".py", ".toml"), deep=True)
    return found or Stamp(b"", settled=False)


def _states(folder: str, endings: tuple[str, ...], *, deep: bool) -> Iterator[State]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(endings):
                yield state(entry.path, entry.stat())
            elif deep and "." not in entry.name and entry.name not in _APART and entry.is_dir():
                yield from _states(entry.path, endings, deep=deep)
