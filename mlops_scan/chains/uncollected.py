"""Files of tests that cannot be loaded: at their top they import modules of the repository that it does not have.

Sources move while their tests stay, and a pattern for data that git is to ignore (``data/``, ``models/``) takes the
code in folders of that name with it.
"""

from __future__ import annotations

import posixpath
import sys
from typing import TYPE_CHECKING

from mlops_scan.chains.places import SUBMODULES
from mlops_scan.facts.kinds import Dependency, Import

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import FileFacts

# modules are built from these, under names that no file has
_SOURCES = (".c", ".cc", ".cpp", ".cu", ".cxx", ".f90", ".fbs", ".proto", ".pyd", ".pyx", ".rs", ".so", ".thrift")
# what a build writes into a package, from the tags of git
_WRITTEN = frozenset({"__version__", "_version", "version"})


def settle(builder: Builder, files: Iterable[FileFacts], known: Places) -> None:
    """Let such files prove nothing, where nothing of the repository ends in what they import."""
    files = tuple(files)
    needs = {(fact.needed, file.path) for file in files for fact in file.of(Import) if fact.needed}
    away = _away({_path(need) for need, _ in needs}, known) if needs else frozenset()
    if away:
        tops = _ours(files, {need.partition(".")[0] for need, _ in needs if "/" not in need}, known)
        builder.hollow = builder.hollow.union(
            path for need, path in needs if _path(need) in away and ("/" in need or need.partition(".")[0] in tops)
        )


def _path(need: str) -> str:
    return need if "/" in need else need.replace(".", "/")


def _away(paths: set[str], known: Places) -> frozenset[str]:
    """Return the paths that no module and no folder ends in; none where some may be made, or are not seen here."""
    places = known.modules.places
    last = {posixpath.basename(path) for path in paths}
    tails = {tail for place in places if posixpath.basename(place) in last for tail in _tails(place)}
    away = {path for path in paths - tails if posixpath.basename(path) not in _WRITTEN}
    unsure = away and (SUBMODULES in known.everything or any(path.endswith(_SOURCES) for path in known.everything))
    return frozenset() if unsure else frozenset(away)


def _tails(path: str) -> Iterable[str]:
    """Yield a path as it is seen from every folder around it."""
    while path:
        yield path
        path = path.partition("/")[2]


def _ours(files: Iterable[FileFacts], tops: set[str], known: Places) -> frozenset[str]:
    """Return the first names of modules that are the repository's own, and no other package's.

    A package at the root has such a name, or some file takes a module from below it; and no dependency has it for a
    word, since others may share a name.
    """
    tops = tops - sys.stdlib_module_names
    ours = {top for top in tops if f"{top}/__init__.py" in known.files}
    for file in files:
        for fact in file.of(Import) if tops else ():
            top, _, rest = fact.name.partition(".")
            if rest and top in tops and top not in ours:
                found = known.modules.resolve(fact.name, file.path)
                if found and len(found[1]) < len(rest):
                    ours.add(top)
        tops = tops.difference(word for fact in file.of(Dependency) for word in fact.name.split("-"))
    return frozenset(ours & tops)
