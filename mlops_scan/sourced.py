"""What scripts of R have at hand by the scripts that they source: packages are often attached in a file of their own.

Source of the rule: https://stat.ethz.ch/R-manual/R-devel/library/base/html/source.html
"""

from __future__ import annotations

import itertools
import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Call, Import

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.evidence import FileFacts

_CODE = (".R", ".Rmd", ".qmd", ".r")
_SOURCING = frozenset({"source", "sys.source", "base.source"})
# scripts source scripts that source scripts, and some each other: so many are followed from one, nearest first
_MOST = 50


def sourced(files: Iterable[FileFacts]) -> dict[str, frozenset[str]]:
    """Return by script what is attached by the scripts that it sources."""
    scripts = {file.path: file for file in files if file.path.endswith(_CODE)}
    sources = {path: tuple(itertools.islice(_sources(file, scripts), _MOST)) for path, file in scripts.items()}
    found = {}
    for path in sources:
        reached = _reached(path, sources)
        names = frozenset(fact.name for other in reached for fact in scripts[other].of(Import))
        if names:
            found[path] = names
    return found


def _reached(path: str, sources: dict[str, tuple[str, ...]]) -> list[str]:
    reached, met = [path], {path}
    for near in reached:  # which grows while it is gone through
        for further in sources[near]:
            if further not in met and len(met) <= _MOST:
                met.add(further)
                reached.append(further)
    return reached[1:]


def _sources(file: FileFacts, scripts: dict[str, FileFacts]) -> Iterator[str]:
    """Yield the scripts that one sources, seen from its folder, or one above, where the project is."""
    for call in file.of(Call):
        written = call.arguments.get("0", "") if call.name in _SOURCING else ""
        folder = posixpath.dirname(file.path)
        while written:
            path = posixpath.normpath(posixpath.join(folder, written))
            if path in scripts:
                yield path
                break
            if not folder:
                break
            folder = posixpath.dirname(folder)
