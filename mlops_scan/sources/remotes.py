"""The remotes of a repository, read without git: its configuration can include other files and name programs.

Source of the format: git-config(1). What only git could tell (includes, ``insteadOf``, values over several lines) is
left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mlops_scan.sources.regular import small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.sources.kinds import Place

_CAP = 1_000_000
_SECTION = '[remote "'


def addresses(place: Place) -> dict[str, str]:
    """Return the first address of every remote, by name."""
    text = (small(Path(place.common_dir, "config"), _CAP) or b"").decode("utf-8", "replace")
    found: dict[str, str] = {}
    for name, address in _urls(text.splitlines()):
        found.setdefault(name, address)
    return found


def _urls(lines: list[str]) -> Iterator[tuple[str, str]]:
    name = ""
    for line in map(str.strip, lines):
        if line.startswith("["):
            name = _named(line)
        key, equals, value = line.partition("=")
        if name and equals and key.strip().lower() == "url" and not value.endswith("\\"):
            yield name, _value(value)


def _named(header: str) -> str:
    """Return the name in ``[remote "name"]``, nothing for another section."""
    whole = header.lower().startswith(_SECTION) and header.endswith('"]')
    return header[len(_SECTION) : -len('"]')] if whole else ""


def _value(text: str) -> str:
    """Return a value without quotes, and without a comment, which a space precedes in an address."""
    bare = text.strip()
    if bare.startswith('"'):
        return bare[1:].partition('"')[0]
    return next(iter(bare.split()), "")


def origin(place: Place) -> str:
    """Return the address of ``origin``, else that of the only remote; empty without."""
    found = addresses(place)
    return found.get("origin") or (next(iter(found.values())) if len(found) == 1 else "")
