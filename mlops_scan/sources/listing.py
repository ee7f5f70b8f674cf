"""List what git knows: the index (git-ls-files(1)) or a commit (git-ls-tree(1))."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.diagnostics import Diagnostic
from mlops_scan.sources import gitdir, kinds, names, objects
from mlops_scan.sources.kinds import UNKNOWN_SIZE, File, Listing, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GITLINK = b"160000"
FILES = frozenset((b"100644", b"100755", b"100664"))


class Entry(NamedTuple):
    """One line of a listing; ``stage`` is 0 unless a merge is under way."""

    mode: bytes
    blob: str
    stage: bytes
    name: bytes


def index(home: gitdir.Home, prefix: str) -> list[Entry]:
    """Return the index's entries below a folder, one a path, named relative to it; no more than one too many."""
    output = gitdir.run(home, "ls-files", "--stage", "-z")
    best: dict[bytes, Entry] = {}
    for mode, blob, stage, name in _index_lines(output):
        under = _below(name, prefix)
        if under and (under not in best or stage == b"2"):
            best[under] = Entry(mode, blob, stage, under)
        if len(best) > kinds.MOST_FILES:
            break
    return list(best.values())


def _index_lines(output: bytes) -> Iterator[Entry]:
    """Cut ``mode SP id SP stage TAB path NUL`` apart."""
    for line in output.split(b"\0"):
        head, tab, name = line.partition(b"\t")
        words = head.split(b" ")
        if tab and len(words) == 3:  # noqa: PLR2004 (mode, id, stage)
            yield Entry(words[0], words[1].decode("ascii", "replace"), words[2], name)


def under(entries: Iterable[Entry], prefix: str) -> Iterator[Entry]:
    """Yield the entries below a folder, named relative to it."""
    for entry in entries:
        name = _below(entry.name, prefix)
        if name:
            yield entry._replace(name=name)


def _below(name: bytes, prefix: str) -> bytes:
    start = prefix.encode("utf-8", "surrogateescape")
    return name[len(start) :] if name.startswith(start) else b""


def tree(home: gitdir.Home, commit: str, prefix: str) -> list[Entry]:
    """Return a commit's entries below a folder, named relative to it; no more than one too many."""
    try:
        output = gitdir.run(home, "ls-tree", "-r", "-z", "--full-tree", f"{commit}:{prefix.rstrip('/')}")
    except gitdir.GitError as error:
        where = f"{prefix} at commit {commit[:12]}" if prefix else f"commit {commit[:12]}"
        message = f"cannot list {where} ({error}); is the folder in that commit, and the clone complete?"
        raise SourceError(message) from error
    return list(islice(tree_lines(output), kinds.MOST_FILES + 1))


def tree_lines(output: bytes) -> Iterator[Entry]:
    """Cut ``mode SP type SP id TAB path NUL`` apart."""
    for line in output.split(b"\0"):
        head, tab, name = line.partition(b"\t")
        words = head.split(b" ")
        if tab and len(words) == 3:  # noqa: PLR2004 (mode, type, id)
            yield Entry(words[0], words[2].decode("ascii", "replace"), b"0", name)


def listed(home: gitdir.Home, entries: Sequence[Entry]) -> Listing:
    """Turn entries into files with sizes; links and whatever else is no file are left out."""
    files, submodules, sound = [], [], []
    diagnostics = [kinds.stopped()] if len(entries) > kinds.MOST_FILES else []
    for entry in entries[: kinds.MOST_FILES]:
        path = names.shown(entry.name)
        if not names.inside(entry.name):
            diagnostics.append(Diagnostic(path, 0, "not read: its name is no path inside the tree"))
        elif entry.mode == GITLINK:
            submodules.append(path)
        elif entry.mode in FILES:
            sound.append(entry)
            if entry.stage != b"0":
                diagnostics.append(Diagnostic(path, 0, "in conflict: our side of the merge was read"))
    known = objects.sizes(home, (entry.blob for entry in sound))
    for entry in sound:
        path = names.shown(entry.name)
        size = known.get(entry.blob, UNKNOWN_SIZE)
        files.append(File(path, entry.blob, size, name=names.kept(entry.name, path)))
    return Listing(tuple(files), tuple(submodules), tuple(diagnostics))
