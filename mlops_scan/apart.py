"""Dependencies of folders apart: those of a service pin nothing for the training that another folder does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Definition, Dependency

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.assessment import Known

_MODULE = "module"


def found(known: Known, acts: Iterable[str], declaring: Iterable[str] | None = None) -> frozenset[str]:
    """Return the files that state dependencies for a folder of code that does none of the acts, which others do.

    Of files ``declaring`` some, only those are asked about whose packages are not known one by one: manifests of
    other languages, which say less.

    What lies in the root is everyone's, and so is a folder without code: it holds environments for others.
    """
    wanted = frozenset(acts)
    doing = {e.path for e in known.evidence if e.act in wanted and e.strength == "strong"}
    if not doing:
        return frozenset()
    code = {file.path for file in known.files if file.role == "product" and _is_code(file.of(Definition))}
    busy, coded = _above(doing), _above(code)
    read = {file.path for file in known.files if file.of(Dependency)}
    stating = read if declaring is None else set(declaring) - read
    stated = {path: path.rpartition("/")[0] for path in stating}
    return frozenset(path for path, folder in stated.items() if folder and folder in coded and folder not in busy)


def _is_code(definitions: Iterable[Definition]) -> bool:
    return any(definition.kind == _MODULE for definition in definitions)


def _above(paths: Iterable[str]) -> frozenset[str]:
    """Return the folders that hold the paths, directly or not; the root is left out."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(folders)
