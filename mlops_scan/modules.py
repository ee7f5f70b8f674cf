"""Which file a dotted Python name means inside the repository, if any."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Modules(NamedTuple):
    """The repository's Python modules: files by dotted path below every folder that can be an import root."""

    files: frozenset[str]
    roots: dict[str, tuple[str, ...]]
    ending: dict[str, tuple[str, ...]]

    def resolve(self, name: str, importer: str) -> tuple[str, str] | None:
        """Return (file, what is left of the name inside it), or None where the name is not first-party.

        The importer's own folder and the folders above it (each with ``src``) come first, then the folders
        that hold a package of that name.
        """
        return _resolve(self, name, importer.rpartition("/")[0])

    def is_first_party(self, name: str, importer: str) -> bool:
        """Tell whether the name's first part is a module or package of the repository, seen from the importer."""
        return self.resolve(name.partition(".")[0], importer) is not None


def index(paths: Iterable[str]) -> Modules:
    """Return the modules among the paths."""
    files = frozenset(path for path in paths if path.endswith((".py", ".ipynb")))
    folders = {path.rpartition("/")[0] for path in files}
    packages = {path.rpartition("/")[0] for path in files if path.endswith("/__init__.py")}
    roots: dict[str, list[str]] = {}
    for package in sorted(packages or folders):
        parent, _, top = package.rpartition("/")
        if parent not in packages:
            roots.setdefault(top, []).append(parent)
    ending: dict[str, list[str]] = {}
    for path in sorted(files):
        ending.setdefault(path.rpartition("/")[2].removesuffix(".py"), []).append(path)
    return Modules(files, {k: tuple(v) for k, v in roots.items()}, {k: tuple(v) for k, v in ending.items()})


@functools.lru_cache(maxsize=65536)
def _resolve_cached(files: frozenset[str], roots: tuple[str, ...], name: str, folder: str) -> tuple[str, str] | None:
    parts = name.split(".")
    for base in (*_own(folder), *roots):
        for length in range(len(parts), 0, -1):
            stem = "/".join((base, *parts[:length])) if base else "/".join(parts[:length])
            for file in (f"{stem}.py", f"{stem}/__init__.py"):
                if file in files:
                    return file, ".".join(parts[length:])
    return None


def _resolve(modules: Modules, name: str, folder: str) -> tuple[str, str] | None:
    if not name or name.startswith("."):
        return None
    return _resolve_cached(modules.files, modules.roots.get(name.partition(".")[0], ()), name, folder)


def _own(folder: str) -> Iterator[str]:
    while True:
        yield folder
        yield f"{folder}/src" if folder else "src"
        if not folder:
            return
        folder = folder.rpartition("/")[0]
