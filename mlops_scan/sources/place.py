"""Find the repository that a folder belongs to, without asking git (which would read its configuration)."""

from __future__ import annotations

import os
from pathlib import Path

from mlops_scan.sources.kinds import Place
from mlops_scan.sources.regular import small


def find(directory: str) -> Place | None:
    """Return where the repository of an absolute folder lies; None outside git."""
    if _is_git_dir(directory):
        return Place(directory, _common(directory), "")
    here = Path(directory)
    top = next((folder for folder in (here, *here.parents) if os.path.lexists(folder / ".git")), None)
    git_dir = _git_dir(top) if top else ""
    if not top or not git_dir:
        return None
    prefix = here.relative_to(top).as_posix() + "/"
    return Place(git_dir, _common(git_dir), str(top), "" if prefix == "./" else prefix)


def _git_dir(work_tree: Path) -> str:
    entry = work_tree / ".git"
    named = str(entry) if entry.is_dir() else _pointed(entry, "gitdir:")
    return named if named and _is_git_dir(named) else ""


def _common(git_dir: str) -> str:
    """Return the directory that linked work trees share (gitrepository-layout(5), ``commondir``)."""
    return _pointed(Path(git_dir, "commondir"), "") or git_dir


def _pointed(path: Path, word: str) -> str:
    """Return the directory that a one-line file names after ``word``, relative to its own; or nothing."""
    line = os.fsdecode(small(path) or b"").strip()
    if not line.startswith(word) or "\0" in line or line == word:
        return ""
    return os.path.realpath(path.parent / line[len(word) :].strip())


def _is_git_dir(path: str) -> bool:
    return small(Path(path, "HEAD")) is not None and Path(_common(path), "objects").is_dir()


def index_file(place: Place) -> str:
    """Return the index to read: git's own, or the temporary one that ``git commit -a`` hands to its hooks.

    The environment is believed only where it names a file of the scanned repository.
    """
    named = os.environ.get("GIT_INDEX_FILE", "")
    inside = [Path(os.path.realpath(folder)) for folder in (place.git_dir, place.common_dir)]
    for base in (os.curdir, place.work_tree):
        path = Path(os.path.realpath(Path(base, named)))
        if named and path.is_file() and any(folder in path.parents for folder in inside):
            return str(path)
    return str(Path(place.git_dir, "index"))


def shallow(place: Place) -> bytes:
    """Return the boundary of a shallow clone; empty for a full one."""
    return small(Path(place.common_dir, "shallow"), 16_000_000) or b""
