"""Patterns of `.gitattributes` to which no file answers: hubs and generators write them ahead of any file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mlops_scan.sources import ignore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import Evidence

_NAME = ".gitattributes"
# whoever names so many kinds of data has some of them; each is held against every path
_MOST = 50


def settle(builder: Builder, evidence: Iterable[Evidence], known: Places) -> None:
    """Let what such files say of data prove nothing where none of their patterns that say it name a file."""
    said: dict[str, list[Evidence]] = defaultdict(list)
    for found in evidence:
        if found.path.rpartition("/")[2] == _NAME:
            said[found.path].append(found)
    for path, told in said.items():
        if len(told) <= _MOST and not _names_any(told, path.removesuffix(_NAME), known.everything):
            builder.vain |= {(path, found.line, found.what) for found in told}


def _names_any(told: Iterable[Evidence], folder: str, everything: Iterable[str]) -> bool:
    """Tell whether any pattern names a file in or below its folder; one that is too costly to ask may."""
    patterns = {found.what.partition(": ")[0] for found in told}
    asked = ignore.compiled(patterns)
    if asked is None or not all(map(ignore.cheap, patterns)):
        return True
    below = (path.removeprefix(folder) for path in everything if path.startswith(folder))
    return any(ignore.excluded(asked, path) for path in below)
