"""Dependencies apart: those of a service pin nothing for the training of another folder, nor a page's for a program."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Definition, Dependency

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.assessment import Known

_MODULE = "module"
_SCRIPTS = (".cjs", ".cts", ".html", ".js", ".jsx", ".mjs", ".mts", ".svelte", ".ts", ".tsx", ".vue")
# manifests that say nothing of code in other languages, wherever they lie, with what ends the names of their own
_OWN = {
    "Cargo.toml": (".rs",),
    "Gemfile": (".rb",),
    "composer.json": (".php",),
    "go.mod": (".go",),
    "package.json": _SCRIPTS,
}


def found(known: Known, acts: Iterable[str], declaring: Iterable[str] | None = None) -> frozenset[str]:
    """Return the files that state dependencies for a folder of code that does none of the acts, which others do.

    Of files ``declaring`` some, only those are asked about whose packages are not known one by one: manifests of
    other languages, which say less.

    What lies in the root is everyone's, and so is a folder without code: it holds environments for others. A manifest
    of another language is for nobody else even there.
    """
    wanted = frozenset(acts)
    doing = {e.path for e in known.evidence if e.act in wanted and e.strength == "strong"}
    if not doing:
        return frozenset()
    code = {file.path for file in known.files if file.role == "product" and _is_code(file.of(Definition))}
    busy, coded = _above(doing), _above(code)
    read = {file.path for file in known.files if file.of(Dependency)}
    endings = frozenset(posixpath.splitext(path)[1] for path in doing)
    stating = read if declaring is None else set(declaring) - read
    stated = {path: path.rpartition("/")[0] for path in stating}
    others = {path for path, folder in stated.items() if folder and folder in coded and folder not in busy}
    return frozenset(others | {path for path in stated if path not in read and _is_foreign(path, endings)})


def _is_foreign(manifest: str, endings: frozenset[str]) -> bool:
    """Tell whether a manifest is of a language that none of some files is written in."""
    own = _OWN.get(manifest.rpartition("/")[2])
    return own is not None and endings.isdisjoint(own)


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
