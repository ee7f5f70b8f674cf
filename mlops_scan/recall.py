"""Readings of files, each made once: from the scan before in this process, from the cache, else by the readers.

What a file states depends on its path, its bytes and our readers only, so a reading is kept under these: a work tree,
the index and any commit, in any clone, share it.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import cache, facts, reading, sources, stamps
from mlops_scan.facts.kinds import Diagnostic, Reading
from mlops_scan.facts.packed import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mlops_scan.cache import Store
    from mlops_scan.sources import File, Source

# so much is asked of the cache, and given to it, at once
_FILES, _BYTES = 250, 1_000_000
# of the scan before in this process
_last: list[dict[bytes, Reading]] = [{}]


class Recalled(NamedTuple):
    """What files state, by path, or why one could not be read.

    ``ids`` are the contents by path, as git names them; one that could not be had has none. ``fresh`` is what the cache
    does not have yet.
    """

    readings: dict[str, Reading]
    failures: dict[str, Diagnostic]
    ids: dict[str, str]
    fresh: dict[bytes, bytes]


def read_all(
    source: Source,
    wanted: Iterable[File],
    ids: Mapping[str, str],
    store: Store | None,
    progress: Callable[[int, int], None] | None = None,
    jobs: int | None = None,
) -> Recalled:
    """Return what files state; those of known contents (``ids``) are only opened where nobody has read them yet."""
    work = _Work(source, store if stamps.readers().settled else None, dict(ids))
    files = tuple(wanted)
    work.recall({file.path: key for file in files if (key := work.key(file.path))})
    left = [file for file in files if file.path not in work.readings]
    for path, read in reading.read_all(work.unread(left), jobs):
        if isinstance(read, Diagnostic):
            work.lost(path, read)
            continue
        if why := passing(read):
            work.lost(path, why)
            continue
        work.read(path, read)
        if progress is not None:
            progress(len(work.readings), len(files))
    return work.done(files)


def passing(read: Reading) -> Diagnostic | None:
    """Return why a file was given up that another time may be read; None for any other."""
    return next((told for told in read.diagnostics if told.message in facts.PASSING), None)


def key(path: str, blob: str) -> bytes:
    """Return under which key the cache has what a file of known content states."""
    return cache.key("facts", stamps.readers().digest, path, blob)


def forget() -> None:
    """Forget the scan before."""
    _last[0] = {}


class _Work:
    """What has been recalled so far, and under which keys."""

    def __init__(self, source: Source, store: Store | None, ids: dict[str, str]) -> None:
        """Begin with the contents that are known."""
        self.source, self.store, self.ids = source, store, ids
        self.last = _last[0]
        self.keys: dict[str, bytes] = {}
        self.readings: dict[str, Reading] = {}
        self.made: dict[bytes, Reading] = {}
        self.failures: dict[str, Diagnostic] = {}

    def key(self, path: str) -> bytes | None:
        """Return the key of a file whose content is known."""
        if path not in self.keys and path in self.ids:
            self.keys[path] = key(path, self.ids[path])
        return self.keys.get(path)

    def recall(self, keys: Mapping[str, bytes]) -> None:
        """Look for readings by path and key, in memory and then in the cache."""
        self.readings.update((path, self.last[key]) for path, key in keys.items() if key in self.last)
        missing = [key for path, key in keys.items() if path not in self.readings]
        found = cache.get(self.store, missing) if self.store else {}
        self.readings.update((path, unpack(found[key])) for path, key in keys.items() if key in found)

    def unread(self, files: Iterable[File]) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of what has to be read; what turns out to be known by its content is recalled."""
        waiting: dict[str, bytes] = {}
        size = 0
        for file, data in sources.read_all(self.source, files):
            if isinstance(data, Diagnostic):
                self._failed(file, data)
                continue
            waiting[file.path] = data
            size += len(data)
            if len(waiting) >= _FILES or size >= _BYTES:
                yield from self._sorted_out(waiting)
                waiting, size = {}, 0
        yield from self._sorted_out(waiting)

    def _sorted_out(self, waiting: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
        unknown = [path for path in waiting if path not in self.ids]
        for path in unknown:
            self.ids[path] = sources.content_id(self.source, waiting[path])
        self.recall({path: key for path in unknown if (key := self.key(path))})
        yield from ((path, data) for path, data in waiting.items() if path not in self.readings)

    def read(self, path: str, read: Reading) -> None:
        """Take note of what a file states; much of it is given to the cache while more is being read."""
        self.readings[path] = self.made[self.keys[path]] = read
        if self.store and len(self.made) >= _FILES:
            cache.put(self.store, dict(packed_all(self.made)))
            self.made.clear()

    def _failed(self, file: File, why: Diagnostic) -> None:
        """Take note of what could not be had; of a file that is too large, its size says all."""
        self.failures[file.path] = why
        self.ids.pop(file.path, None)
        if file.size > self.source.max_file_size:
            self.ids[file.path] = f"size {file.size}"

    def lost(self, path: str, why: Diagnostic) -> None:
        """Take note of a file whose reader came to no end; another time, on another machine, it may."""
        self.failures[path] = why
        self.ids.pop(path, None)

    def done(self, files: Iterable[File]) -> Recalled:
        """Keep for the next scan what this one knows."""
        known = {self.keys[file.path]: self.readings[file.path] for file in files if file.path in self.readings}
        _last[0] = known
        fresh = dict(packed_all(self.made)) if self.store else {}
        return Recalled(self.readings, self.failures, self.ids, fresh)


def packed_all(made: Mapping[bytes, Reading]) -> Iterator[tuple[bytes, bytes]]:
    """Yield readings as the cache keeps them."""
    for key, read in made.items():
        with contextlib.suppress(UnicodeEncodeError):  # what no encoding can write is read anew each time
            yield key, pack(read)
