"""Files that git would offer to add: git tells which (git-ls-files(1)); where a repository holds git up, we look."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mlops_scan.diagnostics import Diagnostic
from mlops_scan.sources import gitdir, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mlops_scan.sources.kinds import File, Place

PATIENCE = 10.0


def begun(home: gitdir.Home, place: Place) -> Callable[[], bytes]:
    """Let git look for untracked files below the prefix, while it is asked for other things; return what waits."""
    below = ["--", place.prefix] if place.prefix else []
    asked = ("ls-files", "--others", "--exclude-standard", "-z", *below)
    return gitdir.begun(home, *asked, work_tree=place.work_tree, deadline=PATIENCE)


def told(waiting: Callable[[], bytes], place: Place) -> tuple[list[bytes], tuple[Diagnostic, ...]]:
    """Return the untracked names below the prefix; another repository ends in a slash and is not entered.

    git opens a FIFO that is called .gitignore, and takes hours for some patterns. Then every file below is listed that
    no .gitignore names by a pattern that is cheap to match: those that are tracked are among them.
    """
    start = len(place.prefix.encode("utf-8", "surrogateescape"))
    try:
        output = waiting()
    except gitdir.GitError as error:
        found = walk.walk(place.work_tree, place.prefix)
        why = Diagnostic("", 0, f"untracked files were listed without git: {error}")
        return [name[start:] for name in _own(place, found.files)], (why, *found.diagnostics)
    return [name[start:] for name in output.split(b"\0") if name[start:]], ()


def _own(place: Place, files: Iterable[File]) -> list[bytes]:
    """Leave out what lies in another repository."""
    top = os.fsencode(place.work_tree) + b"/"
    known: dict[bytes, bool] = {b"": False, place.prefix.rstrip("/").encode("utf-8", "surrogateescape"): False}

    def foreign(folder: bytes) -> bool:
        if folder not in known:
            known[folder] = foreign(folder.rpartition(b"/")[0]) or os.path.lexists(top + folder + b"/.git")
        return known[folder]

    names = (file.name or file.path.encode("utf-8", "surrogateescape") for file in files)
    return [name for name in names if not foreign(name.rpartition(b"/")[0])]
