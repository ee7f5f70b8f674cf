"""The files of a source with what they state: whose role proves something, and whose format is known, are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import chart_values, facts, recall, sources
from mlops_scan.evidence import FileFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mlops_scan.cache import Store
    from mlops_scan.facts.kinds import Diagnostic
    from mlops_scan.recall import Recalled
    from mlops_scan.sources import File, Source

UNREAD_ROLES = frozenset({"vendored", "generated", "docs", "test-data"})
# a template counts as what it generates
AS_GENERATED = {"template": "product"}


class Contents(NamedTuple):
    """A source with everything that its files state.

    ``ids`` are the contents of what was to be opened, ``whole`` tells whether all of it could be, and ``fresh`` is what
    the cache does not have yet.
    """

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[FileFacts, ...]
    ids: dict[str, str]
    whole: bool
    fresh: dict[bytes, bytes]


def read(
    looked: Source,
    ids: Mapping[str, str],
    store: Store | None,
    progress: Callable[[int, int], None] | None,
    jobs: int | None = None,
) -> Contents:
    """Read the files of a source that has no roles yet; ``ids`` are contents by path that are known unread.

    The rest is as in `scan.Options`.
    """
    source = sources.with_roles(looked)
    wanted = tuple(filter(opens, source.files))
    known = {file.path: ids[file.path] for file in wanted if file.path in ids}
    found = recall.read_all(source, wanted, known, store, progress, jobs)
    return Contents(
        source,
        (*source.diagnostics, *_told(wanted, found)),
        chart_values.as_released(tuple(_files(source, wanted, found))),
        found.ids,
        found.failures.keys() <= found.ids.keys(),
        found.fresh,
    )


def opens(file: File) -> bool:
    """Tell whether a file is read: its role can prove something, and its format is known."""
    return file.role not in UNREAD_ROLES and facts.reads(file.path)


def _files(source: Source, wanted: tuple[File, ...], found: Recalled) -> Iterator[FileFacts]:
    """Yield every file with its facts: first what was not to be opened, last what could not be."""
    names = {file.path for file in wanted}
    yield from (stating(file, ()) for file in source.files if file.path not in names)
    yield from (stating(file, found.readings[file.path].facts) for file in wanted if file.path in found.readings)
    yield from (stating(file, ()) for file in wanted if file.path not in found.readings)


def stating(file: File, stated: tuple[facts.Fact, ...]) -> FileFacts:
    """Return a file with what it states."""
    return FileFacts(file.path, AS_GENERATED.get(file.role, file.role), stated)


def _told(wanted: tuple[File, ...], found: Recalled) -> Iterator[Diagnostic]:
    """Yield what could not be read, in order of path."""
    for file in wanted:
        if file.path in found.failures:
            yield found.failures[file.path]
        else:
            yield from found.readings[file.path].diagnostics
