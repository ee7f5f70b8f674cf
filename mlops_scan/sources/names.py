"""Names of files as git and the disk give them, bytes, to paths that can be shown."""

from __future__ import annotations

_LONGEST = 4096
_FORBIDDEN = frozenset((b"", b".", b"..", b".git"))


def shown(raw: bytes) -> str:
    r"""Decode a name; what is not UTF-8 shows as ``\xff``."""
    return raw.decode("utf-8", "backslashreplace")


def kept(raw: bytes, path: str) -> bytes:
    """Return the bytes to remember beside a shown path: none where the path says it all."""
    return b"" if raw == path.encode("utf-8", "surrogateescape") else raw


def inside(raw: bytes) -> bool:
    """Tell whether a listed path is one inside the tree: an index or tree made by hand can say ``../x``."""
    return len(raw) <= _LONGEST and not any(part.lower() in _FORBIDDEN for part in raw.split(b"/"))
