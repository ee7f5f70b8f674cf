"""The commits of a branch and what each changed: git-rev-list(1), git-ls-tree(1), git-diff-tree(1)."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.sources import gitdir, listing, refs
from mlops_scan.sources.kinds import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mlops_scan.sources.kinds import Place

# so many differences are asked for at once: what they take stays small, and each answer within git's deadline
_AT_ONCE = 500
_PART = ("--raw", "-r", "-z", "--no-renames", "--no-abbrev", "--always")


class Commit(NamedTuple):
    """A commit: its time is the committer's, in seconds since 1970; its subject is text of the repository."""

    id: str
    time: int
    parents: tuple[str, ...]
    subject: str


def line(home: gitdir.Home, head: str) -> tuple[Commit, ...]:
    """Return the commits that a branch went through itself, first parents only, oldest first.

    Raises `SourceError` where git cannot tell.
    """
    wanted = "--format=tformat:%ct%x00%P%x00%s"
    try:
        output = gitdir.run(home, "rev-list", "--first-parent", "--reverse", "--encoding=UTF-8", wanted, head)
    except gitdir.GitError as error:
        message = f"cannot list the commits up to {head[:12]} ({error}); is the clone complete?"
        raise SourceError(message) from error
    lines = output.split(b"\n")
    return tuple(_commit(name, told) for name, told in zip(lines[::2], lines[1::2], strict=False))


def _commit(name: bytes, told: bytes) -> Commit:
    """Read ``commit ID LF time NUL parents NUL subject LF``."""
    time, parents, subject = [*told.split(b"\0", 2), b"", b""][:3]
    seconds = int(time) if time.isdigit() else 0
    return Commit(name[7:].decode(), seconds, tuple(parents.decode().split()), subject.decode("utf-8", "replace"))


def changes(home: gitdir.Home, ids: Sequence[str], prefix: str) -> Iterator[list[listing.Entry]]:
    """Yield, for each commit, the entries below a folder that are not as in the one before it; those gone have no mode.

    The first is told whole. Raises `SourceError` where trees are missing.
    """
    try:
        if ids:
            output = gitdir.run(home, "ls-tree", "-r", "-z", "--full-tree", ids[0])
            yield list(listing.under(listing.tree_lines(output), prefix))
        pairs = list(pairwise(ids))
        for start in range(0, len(pairs), _AT_ONCE):
            yield from _differences(home, pairs[start : start + _AT_ONCE], prefix)
    except gitdir.GitError as error:
        message = f"cannot compare commits ({error}); is the clone complete?"
        raise SourceError(message) from error


def _differences(home: gitdir.Home, pairs: list[tuple[str, str]], prefix: str) -> Iterator[list[listing.Entry]]:
    """Compare commits in pairs: each after the first word of a line stands in for its parents."""
    feed = "".join(f"{new} {old}\n" for old, new in pairs).encode()
    tokens = iter(gitdir.run(home, "diff-tree", "--stdin", *_PART, feed=feed).split(b"\0"))
    found: list[list[listing.Entry]] = []
    for token in tokens:
        if token.startswith(b":"):
            _, mode, _, blob, _ = token.split(b" ")
            found[-1].append(listing.Entry(mode if mode != b"000000" else b"", blob.decode(), b"0", next(tokens)))
        elif token:
            found.append([])
    for entries in found:
        yield list(listing.under(entries, prefix))


def tagged(home: gitdir.Home, place: Place) -> dict[str, str]:
    """Return the tags of commits: name by commit id, the first by name where there are several."""
    tags = {name.removeprefix("refs/tags/"): oid for name, oid in refs.every(place).items() if "refs/tags/" in name}
    feed = "".join(f"{oid}^{{commit}} {name}\n" for name, oid in sorted(tags.items(), reverse=True)).encode()
    output = gitdir.run(home, "cat-file", "--batch-check=%(objectname) %(rest)", feed=feed) if tags else b""
    lines = (line.partition(" ") for line in output.decode("utf-8", "replace").split("\n"))
    return {oid: name for oid, _, name in lines if refs.is_id(oid) and name in tags}


def blobs(entries: Iterable[list[listing.Entry]]) -> frozenset[str]:
    """Return the ids of all files among entries."""
    return frozenset(entry.blob for entry in chain.from_iterable(entries) if entry.mode in listing.FILES)
