"""Sizes and bytes of git objects, many at a time (git-cat-file(1), ``--batch``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.sources import gitdir
from mlops_scan.sources.kinds import UNKNOWN_SIZE, File

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BATCH = 8_000_000
_DEATHS = 50
SHA256_DIGITS = 64
MISSING = "not read: its content is missing from this clone or damaged"


def sizes(home: gitdir.Home, ids: Iterable[str]) -> dict[str, int]:
    """Return sizes in bytes by object id; an object that is not at hand has none. Nothing is inflated."""
    asked = sorted(set(ids))
    found = {}
    for line in gitdir.run(home, "cat-file", "--batch-check", feed=_lines(asked)).split(b"\n"):
        oid, kind, size = [*line.split(b" "), b"", b""][:3]
        if kind == b"blob" and size.isdigit():
            found[oid.decode()] = int(size)
    return found


def identity(data: bytes, *, sha256: bool = False) -> str:
    """Return the id under which git keeps these bytes."""
    import hashlib

    head = f"blob {len(data)}\0".encode()
    return (hashlib.sha256(head + data) if sha256 else hashlib.sha1(head + data, usedforsecurity=False)).hexdigest()


def contents(home: gitdir.Home, files: Sequence[File]) -> Iterator[tuple[File, bytes | None]]:
    """Yield every file with its bytes, in order; None where an object is missing or damaged.

    git ends at a damaged object, so the rest is asked for again, not without limit.
    """
    left, deaths = list(files), 0
    while left:
        batch = _batch(left)
        done = _read(home, batch) if deaths < _DEATHS else [None] * len(batch)
        if len(done) < len(batch):
            deaths += 1
            done.append(None)
        yield from zip(batch, done, strict=False)
        del left[: len(done)]


def _batch(files: Sequence[File]) -> Sequence[File]:
    """Return as many of the next files as fit into memory together, at least one."""
    total = 0
    for number, file in enumerate(files):
        total += max(file.size, 0)
        if number and total > _BATCH:
            return files[:number]
    return files


def _read(home: gitdir.Home, batch: Sequence[File]) -> list[bytes | None]:
    wanted = [file.blob for file in batch if file.size != UNKNOWN_SIZE]
    try:
        output = gitdir.run(home, "cat-file", "--batch", feed=_lines(wanted)) if wanted else b""
    except gitdir.GitError as error:
        output = error.output
    return _split(output, batch)


def _split(output: bytes, batch: Sequence[File]) -> list[bytes | None]:
    """Cut ``id SP type SP size LF content LF`` apart, up to where the output breaks off."""
    found: list[bytes | None] = []
    at = 0
    for file in batch:
        if file.size == UNKNOWN_SIZE:
            found.append(None)
            continue
        end = output.find(b"\n", at)
        if end < 0:
            break
        words = output[at:end].split(b" ")
        at = end + 1
        if len(words) < 3 or not words[2].isdigit():  # noqa: PLR2004 (id, type, size)
            found.append(None)
            continue
        size = int(words[2])
        if at + size >= len(output):
            break
        found.append(output[at : at + size] if words[1] == b"blob" else None)
        at += size + 1
    return found


def _lines(ids: Sequence[str]) -> bytes:
    return "".join(f"{oid}\n" for oid in ids).encode()
