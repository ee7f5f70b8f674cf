"""Patterns of `.gitattributes` to which no file answers: hubs and generators write them ahead of any file."""

from __future__ import annotations

import bisect
from collections import defaultdict
from typing import TYPE_CHECKING

from mlops_scan.sources import ignore

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    everything = sorted(known.everything) if said else []
    vain = {
        (path, found.line, found.what)
        for path, told in said.items()
        if len(told) <= _MOST and not _names_any(told, path.removesuffix(_NAME), everything)
        for found in told
    }
    builder.vain = builder.vain.union(vain)


def _names_any(told: Iterable[Evidence], folder: str, everything: Sequence[str]) -> bool:
    """Tell whether any pattern names a file in or below its folder; one that is too costly to ask may."""
    patterns = {found.what.partition(": ")[0] for found in told}
    asked = ignore.compiled(patterns)
    if asked is None or not all(map(ignore.cheap, patterns)):
        return True
    first = bisect.bisect_left(everything, folder)
    last = bisect.bisect_left(everything, f"{folder[:-1]}0") if folder else len(everything)  # "0" comes behind "/"
    return any(ignore.excluded(asked, everything[at].removeprefix(folder)) for at in range(first, last))
