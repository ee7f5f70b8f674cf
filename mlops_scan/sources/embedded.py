"""Folders that are not the project's own work, seen from the list of all paths."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mlops_scan.facts.template_root import SEEDS
from mlops_scan.sources import role_words as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_DEEPEST = 64


def environments(paths: Iterable[str]) -> frozenset[str]:
    """Return committed virtual environments: folders with ``pyvenv.cfg`` or conda's records, or over site-packages.

    Of one that was made in a folder of code it is only what lies in folders of its own.
    """
    listed = list(paths)
    whole = _environments(listed)
    coded = {path.rpartition("/")[0] for path in listed if path.endswith(".py")}
    parts = (f"{folder}/{name}" for folder in whole & coded for name in words.ENVIRONMENT_FOLDERS)
    return frozenset((whole - coded) | set(parts))


def _environments(paths: Iterable[str]) -> set[str]:
    found = set()
    for path in paths:
        parts = path.split("/")
        lower = [part.lower() for part in parts]
        for number, part in enumerate(lower[1:], 1):
            if part in words.ENVIRONMENT_MARKS:
                found.add("/".join(parts[:number]))
        if "site-packages" in lower[:-1]:
            at = lower.index("site-packages")
            # lib/python3.12/site-packages, or Lib/site-packages on Windows
            depth = at - (2 if at and lower[at - 1].startswith("python") else 1)
            if depth > 0 and lower[depth] in {"lib", "lib64"}:
                found.add("/".join(parts[:depth]))
    return found


def installed(paths: Iterable[str]) -> frozenset[str]:
    """Return packages that lie beside the record of their installation, as ``pip install --target`` leaves both."""
    found = set()
    for path in paths:
        above, _, record = path.rpartition("/")[0].rpartition("/")
        if record.endswith(words.INSTALLED):
            name = record.partition("-")[0]
            found.add(f"{above}/{name}".lstrip("/"))
            found.add(f"{above}/{name.lower()}".lstrip("/"))
            # some packages bring these along, where the folder that they are put into has none of its own
            found.update(f"{above}/{part}" for part in words.BROUGHT if above)
    return frozenset(found)


def copies(paths: Iterable[str], code: frozenset[str]) -> frozenset[str]:
    """Return folders that hold a copy of another project.

    A copy brings its own licence, read-me, project file and ``.github/``, or has a well-known name and a licence.
    A repository whose code all lies in such folders is no copy, and neither is what a template generates.
    """
    listed = list(paths)
    held = _held(listed)
    if not words.TEMPLATE_FILES.isdisjoint(held.get("", frozenset())):
        return frozenset()
    found = frozenset(folder for folder, names in held.items() if folder and _copy(folder, names))
    outside = any(not any(path.startswith(f"{folder}/") for folder in found) for path in code) if found else False
    return found if outside else frozenset()


def _copy(folder: str, names: frozenset[str]) -> bool:
    if "{{" in folder or not SEEDS.isdisjoint(folder.lower().split("/")):
        return False
    licence = any(name.startswith(("license", "licence", "copying")) for name in names)
    readme = any(name.startswith("readme") for name in names)
    whole = licence and readme and not words.PROJECT_FILES.isdisjoint(names) and ".github" in names
    known = folder.lower().rpartition("/")[2] in words.COPIED or folder.lower().endswith("models/research")
    return whole or (known and licence)


def outputs(paths: Iterable[str]) -> frozenset[str]:
    """Return folders such as ``build/`` that hold what a build wrote."""
    found = set()
    for path in paths:
        parts = path.split("/")
        for number, part in enumerate(parts[:-1][:_DEEPEST]):
            if part.lower() in words.OUTPUT and _built([name.lower() for name in parts[number + 1 :]]):
                found.add("/".join(parts[: number + 1]))
                break
    return frozenset(found)


def saved_models(paths: Iterable[str]) -> Iterator[str]:
    """Yield the files that MLflow writes into the folder of a model that it saves, beside the one that describes it.

    Below ``code`` there lies a copy of the code that the model was saved with.
    """
    listed = frozenset(paths)
    copies = {
        f"{path.rpartition('/')[0]}/{words.SAVED_CODE}" for path in listed if path.endswith(f"/{words.SAVED_MODEL}")
    }
    yield from (path for path in listed if not copies.isdisjoint(folders(path))) if copies else ()
    for path in listed:
        folder, slash, name = path.rpartition("/")
        if slash and name == words.SAVED_MODEL:
            yield from (beside for name in words.SAVED_BESIDE if (beside := f"{folder}/{name}") in listed)


def siblings(paths: Iterable[str], tests: frozenset[str]) -> frozenset[str]:
    """Return folders called ``test`` or ``testing`` beside ``prod`` or ``train`` that hold none of ``tests``."""
    listed = list(paths)
    tested = {folder for path in tests for folder in folders(path)}
    beside = {folder for folder, names in _held(listed).items() if not words.SIBLINGS.isdisjoint(names)}
    found = {folder for path in listed for folder in folders(path) if folder.lower().rpartition("/")[2] in words.TRIED}
    return frozenset(folder for folder in found - tested if folder.rpartition("/")[0] in beside)


def packages(paths: Iterable[str], names: frozenset[str]) -> frozenset[str]:
    """Return folders of such names that are packages of Python."""
    holding = (path.rpartition("/")[0] for path in paths if path.endswith("/__init__.py"))
    return frozenset(folder for folder in holding if folder.lower().rpartition("/")[2] in names)


def folders(path: str) -> list[str]:
    """Return the folders above a path, the nearest last; of a path nested beyond reason, the topmost ones."""
    parts = path.split("/", _DEEPEST)
    return ["/".join(parts[:number]) for number in range(1, len(parts))]


def _built(below: list[str]) -> bool:
    name = below[-1]
    marked = below[0].startswith(words.OUTPUT_FOLDERS) and len(below) > 1
    return marked or name in words.OUTPUT_FILES or name.endswith(words.OUTPUT_ENDINGS)


def _held(paths: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return the names directly in every folder, in lower case."""
    held: defaultdict[str, set[str]] = defaultdict(set)
    for path in paths:
        folder, _, name = path.rpartition("/")
        while True:
            if name.lower() in held[folder]:
                break
            held[folder].add(name.lower())
            if not folder:
                break
            folder, _, name = folder.rpartition("/")
    return {folder: frozenset(names) for folder, names in held.items()}
