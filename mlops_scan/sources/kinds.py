"""What a source is: the files of a work tree, of an index or of a commit, and where their bytes lie."""

from __future__ import annotations

import msgspec

from mlops_scan.diagnostics import Diagnostic

UNKNOWN_SIZE = -1
# of more files the first ones are scanned: a tree of a few kilobytes can name billions, the largest projects have fewer
MOST_FILES = 500_000


class SourceError(Exception):
    """The source cannot be opened; the message is one line: what, where, what to do."""


class UnknownRevisionError(SourceError):
    """The revision that was asked for names no commit of this clone."""


class File(msgspec.Struct, frozen=True, gc=False):
    r"""One regular file.

    ``path`` is relative to the source's root, with slashes; bytes of its name that are not UTF-8 show as
    ``\xff``, and ``name`` then keeps the bytes themselves (else it is empty). ``blob`` is git's object id, empty in a
    work tree. ``size`` is in bytes, -1 where the content is missing from this clone. ``role`` is one of
    product, test, docs, example, template, vendored, generated, test-data. ``stamp`` is what shows that a file of a
    work tree changed, beside its size: times of change and of its inode's, and the inode; empty elsewhere.
    """

    path: str
    blob: str
    size: int
    role: str = "product"
    name: bytes = b""
    stamp: tuple[int, ...] = ()


class Place(msgspec.Struct, frozen=True):
    """Where a repository lies: absolute directories; ``work_tree`` is empty for a bare one.

    ``common_dir`` differs from ``git_dir`` in a linked work tree. ``prefix`` is the scanned folder inside the work
    tree, with a slash at its end, or empty.
    """

    git_dir: str
    common_dir: str
    work_tree: str
    prefix: str = ""

    def trees(self) -> tuple[str, ...]:
        """Return the folders that belong to the repository."""
        return tuple(filter(None, (self.work_tree, self.git_dir, self.common_dir)))


class Source(msgspec.Struct, frozen=True):
    """Where files come from.

    ``kind`` is worktree, index or commit; ``commit`` the scanned commit (for a commit) or the checked-out one, None
    without history. ``files`` are sorted by path. ``submodules`` are paths of other repositories, which are not
    entered. ``directory`` is the absolute path behind ``root``; ``place`` is None outside git. ``remote`` is the
    address of the repository's origin, as git was given it.
    """

    root: str
    kind: str
    commit: str | None
    files: tuple[File, ...]
    diagnostics: tuple[Diagnostic, ...]
    submodules: tuple[str, ...]
    directory: str
    place: Place | None
    max_file_size: int
    remote: str = ""


class Listing(msgspec.Struct, frozen=True):
    """What one way of listing found, before excludes and roles."""

    files: tuple[File, ...]
    submodules: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def stopped() -> Diagnostic:
    """Say that there are more files than are scanned."""
    return Diagnostic("", 0, f"stopped after {MOST_FILES:,} files; scan a folder below")
