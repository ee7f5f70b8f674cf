"""What files state, each content read once over all commits: side by side where they are known to be needed."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from mlops_scan import cache, facts, reading, recall, stamps
from mlops_scan.facts.kinds import Diagnostic
from mlops_scan.facts.packed import unpack
from mlops_scan.sources import objects

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from mlops_scan.facts.kinds import Reading
    from mlops_scan.scan import Options
    from mlops_scan.sources import File
    from mlops_scan.sources.gitdir import Home

Key = tuple[str, str]
# so much is handed to the cache at once
_FRESH = 200


def key(file: File) -> Key:
    """Return what a reading depends on: the path and the content."""
    return file.path, file.blob


class Readings:
    """Readings by path and content, as they are needed; what is not needed for a while is kept small."""

    def __init__(self, home: Home, options: Options) -> None:
        """Begin with nothing read."""
        self.home, self.largest = home, options.max_file_size
        self.progress, self.jobs = options.progress, options.jobs
        self.read = self.wanted = 0
        self.store = options.store if stamps.readers().settled else None
        self.live: dict[Key, Reading | None] = {}
        self.aside: dict[Key, bytes] = {}
        self.fresh: dict[bytes, Reading] = {}
        self.fed: deque[Key] = deque()
        self.stream: Iterator[tuple[str, Reading | Diagnostic]] = iter(())

    def expect(self, files: Iterable[File]) -> None:
        """Begin to read files, in the order in which they will be asked for."""
        wanted = list({key(file): file for file in files if not self._has(key(file))}.values())
        known = self._cached(wanted)
        self.aside.update(known)
        left = [file for file in wanted if key(file) not in known]
        self.wanted += len(left)
        self.stream = reading.read_all(self._unread(left), self.jobs) if left else iter(())

    def _has(self, asked: Key) -> bool:
        return asked in self.live or asked in self.aside

    def finish(self) -> None:
        """Read all that is expected, and keep it small."""
        for path, read in self.stream:
            name = self.fed.popleft()
            self._take(name, path, read)
            self.keep((), lambda _: True)
        self.save()

    def _cached(self, files: Sequence[File]) -> dict[Key, bytes]:
        if self.store is None:
            return {}
        keys = {recall.key(*key(file)): key(file) for file in files}
        return {keys[name]: data for name, data in cache.get(self.store, keys).items()}

    def _unread(self, files: Sequence[File]) -> Iterator[tuple[str, bytes]]:
        small = [file for file in files if file.size <= self.largest]
        for file, (_, data) in zip(small, objects.contents(self.home, small), strict=True):
            if data is None:
                self.live[key(file)] = None
            else:
                self.fed.append(key(file))
                yield file.path, data

    def of(self, file: File) -> Reading | None:
        """Return what a file states; None where it cannot be had, or is too large."""
        asked = key(file)
        if asked in self.aside:
            self.live[asked] = unpack(self.aside.pop(asked))
        while asked not in self.live:
            path, read = next(self.stream, ("", None))
            if read is None:
                self._read_now(file)
            else:
                self._take(self.fed.popleft(), path, read)
        return self.live[asked]

    def _read_now(self, file: File) -> None:
        """Read a file that nobody expected."""
        asked = key(file)
        self.live[asked] = None
        for name, data in self._cached((file,)).items():
            self.live[name] = unpack(data)
        if self.live[asked] is None:
            for path, data in self._unread((file,)):
                self._take(self.fed.pop(), path, facts.read(path, data))

    def _take(self, asked: Key, path: str, read: Reading | Diagnostic) -> None:
        """Take what a file states; one whose reader died or hung states nothing this time."""
        self.live[asked] = stated = None if isinstance(read, Diagnostic) or recall.passing(read) else read
        self.read += 1
        if self.progress is not None and self.wanted >= self.read:
            self.progress(self.read, self.wanted)
        if self.store is not None and stated is not None:
            self.fresh[recall.key(path, asked[1])] = stated
            if len(self.fresh) >= _FRESH:
                self.save()

    def save(self) -> None:
        """Hand what is new to the cache."""
        if self.store is not None:
            cache.put(self.store, dict(recall.packed_all(self.fresh)))
        self.fresh = {}

    def keep(self, files: Collection[Key], again: Callable[[Key], bool]) -> None:
        """Let go of all but some readings; those that will be needed ``again`` are kept, small."""
        gone = {name: read for name, read in self.live.items() if name not in files}
        for name, read in gone.items():
            data = dict(recall.packed_all({b"": read})).get(b"") if read is not None and again(name) else None
            if data is not None:
                self.aside[name] = data
            if data is not None or not again(name):
                del self.live[name]
