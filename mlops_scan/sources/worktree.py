"""Files of a work tree: what git tracks, and what it would offer to add; read from the disk."""

from __future__ import annotations

import contextlib
import os
import stat
from itertools import groupby, islice
from typing import TYPE_CHECKING

from mlops_scan.diagnostics import Diagnostic
from mlops_scan.sources import kinds, listing, names, untracked
from mlops_scan.sources.kinds import File, Listing, Place
from mlops_scan.sources.regular import UnreadableError, not_regular, read, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlops_scan.sources import gitdir

_DIR_FD = os.open in os.supports_dir_fd
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_DIRECTORY = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0) | _NO_LINK


def listed(home: gitdir.Home, place: Place, directory: str) -> Listing:
    """List tracked files that are there, and untracked ones that nothing ignores."""
    waiting = untracked.begun(home, place)
    try:
        tracked = listing.index(home, place.prefix)
    finally:
        others, diagnostics = untracked.told(waiting, place)
    submodules = [entry.name for entry in tracked if entry.mode == listing.GITLINK]
    submodules += [name.rstrip(b"/") for name in others if name.endswith(b"/")]
    wanted = dict.fromkeys(entry.name for entry in tracked if entry.mode in listing.FILES)
    wanted.update(dict.fromkeys(name for name in others if not name.endswith(b"/")))
    modes: dict[bytes, int] = {}
    found = [_file(directory, name, modes) for name in islice(wanted, kinds.MOST_FILES)]
    found += [kinds.stopped()] if len(wanted) > kinds.MOST_FILES else []
    return Listing(
        tuple(file for file in found if isinstance(file, File)),
        tuple(names.shown(name) for name in submodules),
        (*diagnostics, *(told for told in found if isinstance(told, Diagnostic))),
    )


def _file(directory: str, name: bytes, modes: dict[bytes, int]) -> File | Diagnostic | None:
    """Look at one listed name; None where it is gone, a link, or lies behind a link."""
    path = names.shown(name)
    if not names.inside(name):
        return Diagnostic(path, 0, "not read: its name is no path inside the tree")
    top = os.fsencode(directory)
    if not _entered(top, name.rpartition(b"/")[0], modes):
        return None
    try:
        status = os.lstat(top + b"/" + name)
    except OSError:
        return None
    if stat.S_ISREG(status.st_mode):
        return File(path, "", status.st_size, name=names.kept(name, path), stamp=stamp(status))
    special = not stat.S_ISLNK(status.st_mode) and not stat.S_ISDIR(status.st_mode)
    return Diagnostic(path, 0, not_regular(status.st_mode)) if special else None


def _entered(top: bytes, folder: bytes, modes: dict[bytes, int]) -> bool:
    """Tell whether a folder and all above it are real folders, not links; ``modes`` remembers them."""
    above = [folder]
    while above[-1]:
        above.append(above[-1].rpartition(b"/")[0])
    for one in reversed(above[:-1]):
        if one not in modes:
            modes[one] = _mode(top + b"/" + one)
        if not stat.S_ISDIR(modes[one]):
            return False
    return True


def _mode(path: bytes) -> int:
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def contents(directory: str, files: Sequence[File], cap: int) -> Iterator[tuple[File, bytes | Diagnostic]]:
    """Yield every file with its bytes, in order, or with why it could not be read."""
    for folder, group in groupby(files, key=_folder):
        with _opened(directory, folder) as within:
            for file in group:
                yield file, _bytes(file, cap, within)


def _folder(file: File) -> bytes:
    return _raw(file).rpartition(b"/")[0]


def _raw(file: File) -> bytes:
    return file.name or file.path.encode("utf-8", "surrogateescape")


@contextlib.contextmanager
def _opened(directory: str, folder: bytes) -> Iterator[int | bytes | None]:
    """Open a folder step by step, so that no link is followed; its path where that cannot be, None where it fails."""
    if not _DIR_FD:
        yield os.fsencode(directory) + b"/" + folder
        return
    handles: list[int] = []
    try:
        handles.append(os.open(directory, _DIRECTORY & ~_NO_LINK))
        for part in folder.split(b"/") if folder else ():
            handles.append(os.open(part, _DIRECTORY, dir_fd=handles[-1]))
    except OSError:
        _close(handles)
        yield None
        return
    try:
        yield handles[-1]
    finally:
        _close(handles)


def _close(handles: list[int]) -> None:
    while handles:
        os.close(handles.pop())


def _bytes(file: File, cap: int, within: int | bytes | None) -> bytes | Diagnostic:
    base = _raw(file).rpartition(b"/")[2]
    try:
        if isinstance(within, int):
            return read(base, cap, within=within)
        if within is not None:
            return read(within + b"/" + base, cap)
    except UnreadableError as error:
        return Diagnostic(file.path, 0, str(error))
    return Diagnostic(file.path, 0, "not read: its folder cannot be entered")
