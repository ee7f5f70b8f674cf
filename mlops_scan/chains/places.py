"""Where in the repository a path, module or name written in some file leads."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.graph import Node
from mlops_scan.facts.kinds import Command, Definition, Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.evidence import FileFacts
    from mlops_scan.modules import Modules

_RUNNABLE = (".py", ".sh", ".bash", ".ipynb", ".R", ".r", ".jl", ".yml", ".yaml", ".json", ".scala", ".Rmd")
_BY_NAME = frozenset({"task", "console-script"})


class Places(NamedTuple):
    """What exists: files, the units in them, tasks by name, images by name."""

    files: frozenset[str]
    modules: Modules
    units: dict[str, frozenset[str]]
    named: dict[str, tuple[Node, ...]]
    endings: dict[str, tuple[str, ...]]
    images: dict[str, str]

    def file(self, written: str, directories: Iterable[str], *, anywhere: bool = False) -> str | None:
        """Return the file that a written path means, seen from one of the directories.

        ``anywhere``: inside an image the root is not ours; then the one file that ends so is meant.
        """
        for directory in directories:
            path = posixpath.normpath(posixpath.join(directory, written)) if directory else posixpath.normpath(written)
            if path in self.files:
                return path
        if anywhere:
            name = posixpath.basename(written)
            tail = "/" + written.lstrip("./")
            found = [
                path for path in self.endings.get(name, ()) if ("/" + path).endswith(tail) or tail.endswith("/" + path)
            ]
            if len(found) == 1:
                return found[0]
        return None

    def function(self, name: str, importer: str) -> Node | None:
        """Return the unit that a dotted name means: a function, a class's constructor, or a module's top level."""
        found = self.modules.resolve(name, importer)
        return self.member(*found) if found else None

    def member(self, path: str, rest: str) -> Node | None:
        """Return the unit of a file that is named so, taking off what hangs on it (``flow.serve`` → ``flow``)."""
        units = self.units.get(path, frozenset())
        while rest:
            if rest in units:
                return Node(path, f"{rest}.__init__" if f"{rest}.__init__" in units else rest)
            rest = rest.rpartition(".")[0]
        return None


def is_runnable(path: str) -> bool:
    """Tell whether a file of this name can be run or submitted by a command."""
    return path.endswith(_RUNNABLE)


def places(files: Iterable[FileFacts], modules: Modules) -> Places:
    """Return what exists in the repository."""
    files = tuple(files)
    units: dict[str, set[str]] = {}
    named: dict[str, list[Node]] = defaultdict(list)
    endings: dict[str, list[str]] = defaultdict(list)
    images: dict[str, str] = {}
    for file in files:
        endings[posixpath.basename(file.path)].append(file.path)
        for fact in file.facts:
            if isinstance(fact, (Unit, Definition)) and fact.kind != "module":
                units.setdefault(file.path, set()).add(fact.name)
            if isinstance(fact, Unit) and fact.kind in _BY_NAME:
                named[fact.name].append(Node(file.path, fact.name))
    paths = frozenset(file.path for file in files)
    for file in files:
        images.update(_images(file, paths))
    return Places(
        paths,
        modules,
        {path: frozenset(names) for path, names in units.items()},
        {name: tuple(nodes) for name, nodes in named.items()},
        {name: tuple(found) for name, found in endings.items()},
        images,
    )


def image_name(reference: str) -> str:
    """Return an image's own name: no registry, no tag, no digest."""
    return reference.partition("@")[0].rpartition("/")[2].partition(":")[0]


def _images(file: FileFacts, paths: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the images that commands and compose services build, with their Dockerfile."""
    for fact in file.facts:
        if isinstance(fact, Command) and " build" in fact.run and fact.run.startswith(("docker ", "podman ")):
            dockerfile, tags = build_arguments(fact.run.split(" "))
            path = posixpath.normpath(posixpath.join(fact.directory, dockerfile))
            if path in paths:
                yield from ((image_name(tag), path) for tag in tags)
        elif isinstance(fact, Link) and fact.kind == "file" and fact.target in paths and "ockerfile" in fact.target:
            yield fact.unit, fact.target


def build_arguments(words: list[str]) -> tuple[str, list[str]]:
    """Return the Dockerfile and the tags of a ``docker build`` command line."""
    tags: list[str] = []
    dockerfile, context, skip = "", "", False
    for number, word in enumerate(words):
        following = words[number + 1] if number + 1 < len(words) else ""
        if skip:
            skip = False
        elif word in {"-t", "--tag"}:
            tags.append(following)
            skip = True
        elif word in {"-f", "--file"}:
            dockerfile, skip = following, True
        elif word.startswith("--file="):
            dockerfile = word.partition("=")[2]
        elif word.startswith("--tag="):
            tags.append(word.partition("=")[2])
        elif word in {"--build-arg", "--platform", "--target", "--cache-from", "--cache-to", "--label", "--progress"}:
            skip = True
        elif not word.startswith("-"):
            context = word
    return dockerfile or posixpath.join(context, "Dockerfile"), tags
