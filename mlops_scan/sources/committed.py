"""Which files are what they are in the commit that a source is at: only their lines are those of the commit."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mlops_scan.sources import gitdir, listing, names
from mlops_scan.sources.kinds import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.sources.kinds import File, Source


def unchanged(source: Source) -> Callable[[File, bytes], bool]:
    """Return what tells, of a file and its bytes, whether the commit has the same."""
    if source.kind == "commit":
        return lambda _file, _data: True
    known = _blobs(source)
    return lambda file, data: file.path in known and known[file.path] in _ids(file, data)


def _blobs(source: Source) -> dict[str, str]:
    """Return object ids by path; none without a commit, and where git cannot tell."""
    if source.place is None or source.commit is None:
        return {}
    try:
        with gitdir.opened(source.place, source.commit) as home:
            entries = listing.tree(home, source.commit, source.place.prefix)
    except (gitdir.GitError, SourceError):
        return {}
    return {names.shown(entry.name): entry.blob for entry in entries}


def _ids(file: File, data: bytes) -> set[str]:
    """Return the object ids that a file may have: git may have turned line feeds into those of this machine."""
    if file.blob:
        return {file.blob}
    return {_id(content, name) for content in (data, data.replace(b"\r\n", b"\n")) for name in ("sha1", "sha256")}


def _id(content: bytes, name: str) -> str:
    """Return the id of a blob (gitformat-loose(5))."""
    return hashlib.new(name, b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
