"""The files of a repository at each commit of a branch, told by what each commit changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import sources
from mlops_scan.sources import commits, gitdir, ignore, listing, names, objects
from mlops_scan.sources.kinds import UNKNOWN_SIZE, File, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mlops_scan.sources.listing import Entry

Tree = dict[bytes, File]
_MAILMAP = b".mailmap"


class Trees(NamedTuple):
    """What each commit of ``ids`` changed: new files by their names, None for those that are gone.

    ``last`` tells by path and content with which commit a file came for the last time, ``mailmaps`` the content of the
    repository's ``.mailmap`` at each commit.
    """

    head: Source
    ids: tuple[str, ...]
    changes: tuple[dict[bytes, File | None], ...]
    last: dict[tuple[str, str], int]
    mailmaps: dict[str, str]

    def after(self, tree: Tree, at: int, to: int) -> Tree:
        """Return the files at the commit with number ``to``, from those at an earlier one (-1: before the first)."""
        there = dict(tree)
        for changed in self.changes[at + 1 : to + 1]:
            for name, file in changed.items():
                if file is None:
                    there.pop(name, None)
                else:
                    there[name] = file
        return there

    def source(self, tree: Tree, at: int) -> Source:
        """Return what `sources.look` does for a commit, but for its diagnostics and submodules."""
        return Source(
            root=self.head.root,
            kind="commit",
            commit=self.ids[at],
            files=sources.ordered(tree.values()),
            diagnostics=(),
            submodules=(),
            directory=self.head.directory,
            place=self.head.place,
            max_file_size=self.head.max_file_size,
        )


def trees(home: gitdir.Home, head: Source, ids: Sequence[str], excludes: Sequence[str]) -> Trees:
    """Return the trees of commits, each compared with the one before. Raises `SourceError` where some are missing."""
    prefix = head.place.prefix if head.place else ""
    changes = list(commits.changes(home, ids, prefix))
    sizes = objects.sizes(home, commits.blobs(changes))
    files = tuple(dict(_files(entries, sizes, excludes)) for entries in changes)
    last = {(file.path, file.blob): at for at, changed in enumerate(files) for file in changed.values() if file}
    return Trees(head, tuple(ids), files, last, dict(zip(ids, _mailmaps(changes), strict=True)))


def _files(
    entries: Iterable[Entry], sizes: Mapping[str, int], excludes: Sequence[str]
) -> Iterator[tuple[bytes, File | None]]:
    """Yield what a commit did to files; what became a link or a submodule is no file any more."""
    spec = ignore.excludes(excludes)
    for entry in entries:
        path = names.shown(entry.name)
        if not names.inside(entry.name) or (spec and ignore.excluded(spec, path)):
            continue
        kept = names.kept(entry.name, path)
        there = entry.mode in listing.FILES
        yield entry.name, File(path, entry.blob, sizes.get(entry.blob, UNKNOWN_SIZE), name=kept) if there else None


def _mailmaps(changes: Iterable[list[Entry]]) -> Iterator[str]:
    now = ""
    for entries in changes:
        now = next((entry.mode.decode() and entry.blob for entry in entries if entry.name == _MAILMAP), now)
        yield now
