"""Whole results from the cache: where nothing changed that an assessment depends on, it is not made again.

A result is kept under all that it depends on: code and tool files, settings and claims, the commit (its history), and
the content of every file. Of a work tree, the contents are known without reading them while size, times and inode of
each file are what they were, as git knows them from its index.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan import cache, sources, stamps
from mlops_scan.assessment import Assessment, Origin, origin
from mlops_scan.sources.kinds import UNKNOWN_SIZE

if TYPE_CHECKING:
    from mlops_scan.cache import Store
    from mlops_scan.sources import Source
    from mlops_scan.stamps import Stamp

# path, size, stamp and content of a file; no stamp where it had not been at rest, no content where nobody opens it
_Row = tuple[str, int, tuple[int, ...], str]
_UNOPENED = ""
# where it was found says the scan that asks for it
_NOWHERE = Origin("", None, "")
History = Mapping[str, frozenset[str]]


class Kept(NamedTuple):
    """What may be remembered of one scan.

    ``judge`` stands for all that judges (code, tool files), ``listed`` for the settings of what is looked at, ``given``
    for all settings; ``began`` is when the scan did.
    """

    store: Store
    source: Source
    judge: Stamp
    listed: tuple[object, ...]
    given: tuple[object, ...]
    began: int

    def tree_key(self) -> bytes:
        """Return the key of what the files of this work tree were."""
        return cache.key("tree", stamps.code().digest, self.source.directory, self.listed)

    def history_key(self) -> bytes:
        """Return the key of who changed what up to the commit."""
        prefix = self.source.place.prefix if self.source.place else ""
        return cache.key("history", stamps.code().digest, self.source.commit, prefix, sources.boundary(self.source))

    def result_key(self, ids: Mapping[str, str]) -> bytes:
        """Return the key of the assessment of such contents."""
        source = self.source
        contents = [(file.path, ids.get(file.path, _UNOPENED)) for file in source.files]
        where = (source.kind, self.history_key(), source.submodules)
        return cache.key("result", self.judge.digest, self.given, where, contents, source.diagnostics)


def known(kept: Kept) -> tuple[dict[str, str], bool]:
    """Return the contents by path as far as they are known unread, and whether those are all that matter."""
    files = kept.source.files
    if kept.source.kind != "worktree":
        return {file.path: file.blob for file in files if file.size != UNKNOWN_SIZE}, True
    data = cache.get(kept.store, (kept.tree_key(),)).get(kept.tree_key())
    rows: list[_Row] = msgspec.msgpack.decode(data, type=list[_Row]) if data else []
    here = {file.path: (file.size, file.stamp) for file in files}
    ids = {path: blob for path, size, stamp, blob in rows if blob and stamp and here.get(path) == (size, stamp)}
    same = [row[0] for row in rows] == list(here)
    return ids, same and all(row[0] in ids or row[3] == _UNOPENED for row in rows)


def recalled(kept: Kept, ids: Mapping[str, str]) -> Assessment | None:
    """Return the assessment that was made of such contents, if any."""
    key = kept.result_key(ids)
    data = cache.get(kept.store, (key,)).get(key)
    if data is None:
        return None
    found = msgspec.msgpack.decode(data, type=Assessment)
    source = kept.source
    return msgspec.structs.replace(found, source=origin(source, found.source.files))


def past(kept: Kept) -> History | None:
    """Return the history of the commit, as `sources.history` found it, if it is known."""
    key = kept.history_key()
    data = cache.get(kept.store, (key,)).get(key)
    return msgspec.msgpack.decode(data, type=dict[str, frozenset[str]]) if data else None


def remembered(
    kept: Kept, assessment: Assessment, ids: Mapping[str, str], history: History | None
) -> dict[bytes, bytes]:
    """Return what to keep of a scan that could read everything it wanted."""
    source = kept.source
    values: dict[bytes, bytes] = {}
    if source.kind == "worktree":
        values[kept.tree_key()] = msgspec.msgpack.encode(_rows(kept, ids))
    if history is not None:
        values[kept.history_key()] = msgspec.msgpack.encode({who: sorted(paths) for who, paths in history.items()})
    # a history that git could not tell may be told the next time
    if history is not None or source.commit is None or sources.boundary(source):
        nowhere = msgspec.structs.replace(_NOWHERE, files=assessment.source.files)
        anywhere = msgspec.structs.replace(assessment, source=nowhere)
        values[kept.result_key(ids)] = msgspec.msgpack.encode(anywhere)
    return values


def _rows(kept: Kept, ids: Mapping[str, str]) -> list[_Row]:
    """Return the files of a work tree as they were; one that had not been at rest is looked at again."""
    return [
        (file.path, file.size, file.stamp if stamps.at_rest(file.stamp, kept.began) else (), ids.get(file.path, ""))
        for file in kept.source.files
    ]
