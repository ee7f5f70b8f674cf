"""Sources: a work tree, git's index or a commit, as a list of files with their roles, and their bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mlops_scan.diagnostics import Diagnostic
from mlops_scan.sources import gitdir, ignore, listing, objects, place, refs, remotes, walk, worktree
from mlops_scan.sources.committed import unchanged
from mlops_scan.sources.history import history
from mlops_scan.sources.kinds import UNKNOWN_SIZE, File, Listing, Place, Source, SourceError, UnknownRevisionError
from mlops_scan.sources.regular import too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "File",
    "Source",
    "SourceError",
    "UnknownRevisionError",
    "boundary",
    "content_id",
    "history",
    "look",
    "open_source",
    "read_all",
    "unchanged",
    "with_roles",
]


def open_source(
    path: str,
    *,
    revision: str | None = None,
    staged: bool = False,
    excludes: Sequence[str] = (),
    max_file_size: int = 5_000_000,
) -> Source:
    """List the files of a folder: of its work tree, of the index (``staged``), or of a commit (``revision``).

    A bare repository is read at its HEAD. ``excludes`` are patterns as in .gitignore; ``max_file_size`` is in bytes:
    larger files are listed, and `read_all` says that it passed them over. Raise `SourceError` when there is nothing
    to scan.
    """
    found = look(path, revision=revision, staged=staged, excludes=excludes, max_file_size=max_file_size)
    return with_roles(found)


def look(
    path: str,
    *,
    revision: str | None = None,
    staged: bool = False,
    excludes: Sequence[str] = (),
    max_file_size: int = 5_000_000,
) -> Source:
    """List files as `open_source` does, but without their roles: `with_roles` gives them."""
    directory = _directory(path)
    where = place.find(directory)
    if staged and revision is not None:
        message = "give either a revision or --staged, not both"
        raise SourceError(message)
    spec = ignore.excludes(excludes)
    try:
        kind, commit, found = _listed(path, directory, where, revision, staged=staged)
    except gitdir.GitError as error:
        message = f"{path}: git cannot read the repository: {error}"
        raise SourceError(message) from error
    files = [file for file in found.files if not (spec and ignore.excluded(spec, file.path))]
    if not files:
        raise SourceError(_nothing(path, kind, excluded=bool(found.files)))
    return Source(
        root=path,
        kind=kind,
        commit=commit,
        files=_sorted(files),
        diagnostics=tuple(sorted(found.diagnostics, key=lambda told: (told.path, told.message))),
        submodules=tuple(sorted(found.submodules)),
        directory=directory,
        place=where,
        max_file_size=max_file_size,
        remote=remotes.origin(where) if where else "",
    )


def _directory(path: str) -> str:
    if "\0" in path or not Path(path).exists():
        message = f"{path!r}: no such folder; give the path of a repository or of a folder in one"
        raise SourceError(message)
    if not Path(path).is_dir():
        message = f"{path!r} is a file; give the folder of the repository"
        raise SourceError(message)
    return os.path.realpath(path)


def _listed(
    path: str,
    directory: str,
    where: Place | None,
    revision: str | None,
    *,
    staged: bool,
) -> tuple[str, str | None, Listing]:
    """Return the kind of source, its commit and its files."""
    if where is None:
        if staged or revision is not None:
            message = f"{path} is not in a git repository; leave out {'--staged' if staged else '--rev'}"
            raise SourceError(message)
        return "worktree", None, walk.walk(directory)
    if revision is not None or not (where.work_tree or staged):
        commit = _resolved(path, where, revision)
        with gitdir.opened(where, commit) as home:
            return "commit", commit, listing.listed(home, listing.tree(home, commit, where.prefix))
    head = refs.head(where)
    if staged:
        with gitdir.opened(where, head) as home:
            return "index", head, listing.listed(home, listing.index(home, where.prefix))
    return "worktree", head, _work_tree(where, head, directory)


def _work_tree(where: Place, commit: str | None, directory: str) -> Listing:
    """List a work tree; without git on this machine, or in a folder that the repository ignores, as any folder."""
    try:
        with gitdir.opened(where, commit) as home:
            found = worktree.listed(home, where, directory)
    except gitdir.GitError as error:
        plain = walk.walk(directory)
        told = Diagnostic("", 0, f"listed without git: {error}")
        return msgspec.structs.replace(plain, diagnostics=(*plain.diagnostics, told))
    return walk.walk(directory) if where.prefix and not found.files else found


def _resolved(path: str, where: Place, revision: str | None) -> str:
    """Return the id of the commit that a revision (gitrevisions(7)) names; HEAD where none is given."""
    head = refs.head(where)
    wanted = "HEAD" if revision is None else revision
    if wanted == "HEAD" and head is None and not refs.reftable(where):
        message = f"{path} has no commit yet; commit first, or scan its work tree"
        raise SourceError(message)
    if wanted == "HEAD" and head is not None:
        return head
    if wanted and wanted.isprintable():
        try:
            with gitdir.opened(where, head, names=True) as home:
                output = gitdir.run(
                    home,
                    *("rev-parse", "--verify", "--quiet", "--end-of-options", f"{wanted}^{{commit}}"),
                )
            return output.decode("ascii", "replace").strip()
        except gitdir.GitError:
            pass
    hint = "its refs are a reftable, give a full commit id" if refs.reftable(where) else "is it fetched?"
    message = f"{path}: unknown revision {wanted!r}; give a branch, tag or commit of this repository ({hint})"
    raise UnknownRevisionError(message)


def _nothing(path: str, kind: str, *, excluded: bool) -> str:
    if excluded:
        return f"{path}: every file is excluded; loosen the exclude patterns"
    if kind == "index":
        return f"{path}: the index holds no files; stage some with git add"
    if kind == "commit":
        return f"{path}: the commit holds no files here; give another folder or revision"
    return f"{path}: no files to scan; give a folder that holds some, or a revision"


def _sorted(files: Iterable[File]) -> tuple[File, ...]:
    """Sort files by path; of two names that show alike the first is kept."""
    by_path: dict[str, File] = {}
    for file in files:
        by_path.setdefault(file.path, file)
    return tuple(by_path[path] for path in sorted(by_path))


def with_roles(source: Source) -> Source:
    """Give each file of a source its role."""
    from mlops_scan.sources import roles

    assigned = roles.assign(file.path for file in source.files)
    files = (msgspec.structs.replace(file, role=assigned[file.path]) for file in source.files)
    return msgspec.structs.replace(source, files=tuple(files))


def boundary(source: Source) -> bytes:
    """Return where the history of a shallow clone ends; empty for a full one, and outside git."""
    return place.shallow(source.place) if source.place else b""


def content_id(source: Source, data: bytes) -> str:
    """Return the id under which the repository keeps such bytes, or would keep them."""
    return objects.identity(data, sha256=len(source.commit or "") == objects.SHA256_DIGITS)


def read_all(source: Source, files: Iterable[File]) -> Iterator[tuple[File, bytes | Diagnostic]]:
    """Yield every file with its bytes, in order; with a diagnostic where it is too large, missing or unreadable."""
    wanted = list(files)
    if source.place is None or source.kind == "worktree":
        yield from worktree.contents(source.directory, wanted, source.max_file_size)
        return
    cap = source.max_file_size
    small = (msgspec.structs.replace(file, size=UNKNOWN_SIZE) if file.size > cap else file for file in wanted)
    with gitdir.opened(source.place, source.commit) as home:
        for file, (_, data) in zip(wanted, objects.contents(home, list(small)), strict=True):
            yield file, data if data is not None else Diagnostic(file.path, 0, _why(file, cap))


def _why(file: File, cap: int) -> str:
    return too_large(file.size, cap) if file.size > cap else objects.MISSING
