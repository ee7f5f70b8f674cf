"""Which file a dotted Python name means inside the repository, if any."""

from __future__ import annotations

import posixpath
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts import unsuffixed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


# how often a name is handed on from module to module
_HOPS = 5


class Modules(NamedTuple):
    """The repository's Python modules: files by dotted path below every folder that can be an import root.

    ``names`` are what files and folders are called, by which most foreign names are told at once, and ``places`` their
    paths; ``bare`` are the ``__init__.py`` that state nothing, and ``memo`` keeps what was asked before, by name and
    folder. ``held`` is by file what its names stand for elsewhere: of objects, what made them; ``added`` by file the
    folders that it puts on Python's path; ``sourced`` by script of R what the scripts that it sources attach.
    """

    files: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    roots: dict[str, tuple[str, ...]]
    bare: frozenset[str]
    memo: dict[tuple[str, str], tuple[str, str] | None]
    held: dict[str, dict[str, str]]
    added: dict[str, tuple[str, ...]]
    sourced: Mapping[str, frozenset[str]] = MappingProxyType({})

    def resolve(self, name: str, importer: str) -> tuple[str, str] | None:
        """Return (file, what is left of the name inside it), or None where the name is not first-party.

        The importer's own folder and the folders above it (each with ``src``) come first, then the folders
        that hold a package of that name, and those that it puts on Python's path. Nothing imports itself: ``mlflow``
        in ``trackers/mlflow.py`` is another.
        """
        if name.partition(".")[0] not in self.names:
            return None
        asked = name, importer.rpartition("/")[0]
        if asked not in self.memo:
            self.memo[asked] = _resolved(self, *asked)
        found = self.memo[asked]
        if found and found[0] == importer and asked[1]:
            found = self._beside(name, importer)
        if found and found[0] != importer and unsuffixed.is_one(found[0]):
            found = None  # what has no ending is run, and imported by nobody
        if found is None and importer in self.added:
            return _below(self, self.added[importer], name.split("."))
        return found

    def _beside(self, name: str, importer: str) -> tuple[str, str] | None:
        """Return what a name means that a module of a folder may be called by; with its folders it is the module."""
        asked = name, importer
        if asked not in self.memo:
            own = posixpath.splitext(importer)[0].replace("/", ".") + "."
            itself = f"{name}.".startswith(own) or own.startswith(f"{name}.")
            self.memo[asked] = _resolved(self, name, importer.rpartition("/")[0], "" if itself else importer)
        return self.memo[asked]

    def is_first_party(self, name: str, importer: str) -> bool:
        """Tell whether the name's first part is a module or package of the repository, seen from the importer.

        A package whose ``__init__.py`` is empty has no members but its modules, and no ``mlflow.log_metric``.
        """
        found = self.resolve(name.partition(".")[0], importer)
        if found is None or "." not in name or found[0] not in self.bare:
            return found is not None
        return self.resolve(name, importer) != (found[0], name.partition(".")[2])

    def behind(self, name: str, importer: str) -> str:
        """Return what is asked of a tool where a name hangs on an object of another module; empty where that is ours.

        ``database.session.add`` is ``sqlalchemy.orm.Session.add``, where ``database`` makes such a ``session``.
        """
        for _ in range(_HOPS):
            found = self.resolve(name, importer)
            if found is None:
                return name
            path, rest = found
            held = self.held.get(path, {}) if path != importer else {}
            known, asked = standing(held, rest)
            if not known or rest in held:
                return ""
            name, importer = f"{known}.{asked}", path
        return ""

    def holds(self, name: str) -> bool:
        """Tell whether some module or folder is called like the name's first part: code may be found by other means."""
        return name.partition(".")[0] in self.names


def standing(names: Mapping[str, str], asked: str) -> tuple[str, str]:
    """Return what the first part of a name stands for, and what is asked of that; nothing known is an empty text.

    A method that hands something out (``Factory.create``) comes before its class.
    """
    thing, _, rest = asked.partition(".")
    method, dot, further = rest.partition(".")
    if dot and names.get(f"{thing}.{method}"):
        return names[f"{thing}.{method}"], further
    return (names.get(thing, ""), rest) if rest else ("", "")


def index(
    paths: Iterable[str], bare: frozenset[str] = frozenset(), held: dict[str, dict[str, str]] | None = None
) -> Modules:
    """Return the modules among the paths; ``bare`` are those that state nothing, ``held`` as in `Modules`."""
    files = frozenset(path for path in paths if path.endswith((".py", ".ipynb")) or unsuffixed.is_one(path))
    folders = {path.rpartition("/")[0] for path in files}
    packages = {path.rpartition("/")[0] for path in files if path.endswith("/__init__.py")}
    roots: dict[str, list[str]] = {}
    for package in sorted(packages or folders):
        parent, _, top = package.rpartition("/")
        if parent not in packages:
            roots.setdefault(top, []).append(parent)
    places = frozenset(_places(folders)) | {posixpath.splitext(path)[0] for path in files}
    names = frozenset(place.rpartition("/")[2] for place in places)
    return Modules(files, names, places, {top: tuple(above) for top, above in roots.items()}, bare, {}, held or {}, {})


def _places(folders: Iterable[str]) -> Iterator[str]:
    """Yield folders and those above them, each at least once."""
    seen: set[str] = set()
    for folder in folders:
        above = folder
        while above and above not in seen:
            seen.add(above)
            yield above
            above = above.rpartition("/")[0]


def _resolved(modules: Modules, name: str, folder: str, but: str = "") -> tuple[str, str] | None:
    parts = name.split(".")
    return _below(modules, (*_root(folder, parts), *_own(folder), *modules.roots.get(parts[0], ())), parts, but)


def _below(modules: Modules, bases: Iterable[str], parts: list[str], but: str = "") -> tuple[str, str] | None:
    for base in bases:
        stems = _stems(modules, base, parts)
        for length in range(len(stems), 0, -1):
            for file in (f"{stems[length - 1]}.py", f"{stems[length - 1]}/__init__.py", stems[length - 1]):
                if file in modules.files and file != but:
                    return file, ".".join(parts[length:])
    return None


def _root(folder: str, parts: list[str]) -> tuple[str, ...]:
    """Return the root for what is imported relatively: its name begins with the folders of the importer."""
    start = "/".join(parts[:2])
    return ("",) if "/" in start and f"{folder}/".startswith(f"{start}/") else ()


def _stems(modules: Modules, base: str, parts: list[str]) -> list[str]:
    """Return the places that a name leads through, as far as there are any."""
    found: list[str] = []
    stem = base
    for part in parts:
        stem = f"{stem}/{part}" if stem else part
        if stem not in modules.places:
            break
        found.append(stem)
    return found


def _own(folder: str) -> Iterator[str]:
    while True:
        yield folder
        yield f"{folder}/src" if folder else "src"
        if not folder:
            return
        folder = folder.rpartition("/")[0]
