"""HEAD, branches and tags, read from regular files only (gitrepository-layout(5))."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mlops_scan.sources.regular import small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.sources.kinds import Place

_HEX = frozenset("0123456789abcdef")
_SHA1, _SHA256 = 40, 64
_PACKED_CAP = 64_000_000
_MOST = 100_000
_DEEPEST = 5


def is_id(text: str) -> bool:
    """Tell whether a text is a full object id, SHA-1 or SHA-256."""
    return len(text) in {_SHA1, _SHA256} and set(text) <= _HEX


def sha256(place: Place, oid: str | None) -> bool:
    """Tell whether the repository's objects are named by SHA-256: by a known id, else as its configuration says."""
    if oid and is_id(oid):
        return len(oid) == _SHA256
    lines = (small(Path(place.common_dir, "config"), 1_000_000) or b"").lower().splitlines()
    return any(line.replace(b" ", b"").strip() == b"objectformat=sha256" for line in lines)


def reftable(place: Place) -> bool:
    """Tell whether the refs lie in the binary reftable format, which is not read here."""
    return Path(place.common_dir, "reftable").is_dir()


def head(place: Place) -> str | None:
    """Return the id of the checked-out commit; None before the first commit."""
    text = _text(Path(place.git_dir, "HEAD"))
    if not text.startswith("ref:"):
        return text if is_id(text) else None
    name = text[len("ref:") :].strip()
    found = _loose(place, name) if _safe(name) else ""
    if is_id(found):
        return found
    return _followed(name, dict(_packed(place))) or _followed(name, every(place))


def every(place: Place) -> dict[str, str]:
    """Return object ids by full ref name, ``refs/heads/main``; loose refs win over packed ones."""
    found = dict(_packed(place))
    found.update(_all_loose(place))
    return {name: oid for name in found if (oid := _followed(name, found))}


def _followed(name: str, found: dict[str, str]) -> str | None:
    for _ in range(_DEEPEST):
        value = found.get(name, "")
        if not value.startswith("ref:"):
            return value if is_id(value) else None
        name = value[len("ref:") :].strip()
    return None


def _packed(place: Place) -> Iterator[tuple[str, str]]:
    data = small(Path(place.common_dir, "packed-refs"), _PACKED_CAP) or b""
    for line in data.decode("utf-8", "surrogateescape").split("\n")[:_MOST]:
        oid, _, name = line.partition(" ")
        if is_id(oid) and _safe(name):
            yield name, oid


def _all_loose(place: Place) -> Iterator[tuple[str, str]]:
    count = 0
    top = Path(place.common_dir)
    for folder, _, files in os.walk(top / "refs"):
        for file in files:
            count += 1
            name = Path(folder, file).relative_to(top).as_posix()
            if _safe(name):
                yield name, _loose(place, name)
        if count > _MOST:
            return


def _loose(place: Place, name: str) -> str:
    return _text(Path(place.common_dir, *name.split("/")))


def _text(path: Path) -> str:
    return (small(path, 4096) or b"").decode("utf-8", "surrogateescape").strip()


def _safe(name: str) -> bool:
    """Tell whether a ref's name stays below ``refs/`` and on one line."""
    parts = name.split("/")
    return parts[0] == "refs" and not {"", ".", ".."} & set(parts) and name.isprintable()
