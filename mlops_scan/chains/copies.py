"""Where in an image the files of the repository are: what Dockerfiles copy, and services mount.

Sources of the rules: https://docs.docker.com/reference/dockerfile/#copy and
https://docs.docker.com/reference/compose-file/services/#volumes
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.dockerfile import WORKDIR
from mlops_scan.facts.kinds import Copied, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.evidence import FileFacts

_Layout = dict[str, list[str]]


class Copies(NamedTuple):
    """What images hold: by Dockerfile, and of all of them, the places in the repository of each path in the image.

    What a service mounts is by what `image` returns. ``here`` are the folders that an image may work in; ``files``
    those of the repository, ``named`` by their name.
    """

    images: dict[str, _Layout]
    every: dict[str, set[str]]
    here: dict[str, tuple[str, ...]]
    files: frozenset[str]
    named: dict[str, list[str]]

    def image(self, path: str, unit: str) -> str:
        """Return by what the files of an image are found: a Dockerfile, or what starts a service, or that service."""
        return key if (key := _key(path, unit)) in self.images else path

    def find(self, written: str, path: str) -> str | None:
        """Return the file that a path in an image means, written in a Dockerfile or in what runs some image.

        Of an image that is not known here, only an absolute path can be told, and only where one file is meant.
        """
        own = self.images.get(path)
        if own is not None:
            insides = (posixpath.normpath(posixpath.join(folder, written)) for folder in self.here[path])
            return next((file for inside in insides for file in self._held(inside, own)), None)
        found: set[str] = set()
        for file in self._somewhere(posixpath.normpath(written)) if written.startswith("/") else ():
            found.add(file)
            if len(found) > 1:
                return None
        return found.pop() if found else None

    def _somewhere(self, inside: str) -> Iterator[str]:
        """Yield the files that some image holds at a path: those of that name, and those that have it there only."""
        yield from (source for source in self.every.get(inside, ()) if source in self.files)
        parts = inside.split("/")
        for file in self.named.get(parts[-1], ()):
            own = file.split("/")
            for back in range(1, min(len(own), len(parts) - 1) + 1):
                if own[-back] != parts[-back]:
                    break
                if "/".join(own[:-back]) in self.every.get("/".join(parts[:-back]) or "/", ()):
                    yield file

    def _held(self, inside: str, layout: _Layout) -> Iterator[str]:
        """Yield the files that may be at a path, by the nearest folder above it that is copied."""
        folder, rest = inside, ""
        while folder:
            for source in layout.get(folder, ()):
                file = posixpath.join(source, rest) if rest else source
                if file in self.files:
                    yield file
            above = folder.rpartition("/")[0] or ("/" if folder != "/" else "")
            rest = posixpath.join(folder.rpartition("/")[2], rest) if rest else folder.rpartition("/")[2]
            folder = above


def copies(files: Iterable[FileFacts], names: frozenset[str]) -> Copies:
    """Return what the images of a repository hold; ``names`` are its files that run."""
    found = Copies({}, defaultdict(set), {}, names, defaultdict(list))
    for file in files:
        by_unit: dict[str, list[Copied]] = defaultdict(list)
        for fact in file.of(Copied):
            by_unit[fact.unit].append(fact)
        for unit, copied in by_unit.items():
            own: _Layout = defaultdict(list)
            for fact in copied:
                for target, source in _places(fact, file.path, names):
                    own[target].append(source)
                    found.every[target].add(source)
            key = _key(file.path, unit)
            found.images[key] = own
            found.here[key] = tuple(_working(file, unit, own))
    for name in names if found.images else ():
        found.named[posixpath.basename(name)].append(name)
    return found


def _key(path: str, unit: str) -> str:
    return f"{path}:{unit}" if unit else path


def _working(file: FileFacts, unit: str, own: _Layout) -> Iterator[str]:
    """Yield the folders that an image may work in: of a service, what it mounts and those above."""
    said = [fact.value for fact in file.of(Setting) if fact.key == WORKDIR]
    folders = list(own) if unit else said[-1:] or ["/"]
    yield from folders
    for folder in folders if unit else ():  # which grows while it is gone through
        above = posixpath.dirname(folder)
        if above not in folders:
            folders.append(above)
            yield above


def _places(copied: Copied, path: str, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield places in the image with those in the repository; the context is the folder of the Dockerfile, or above."""
    written = posixpath.dirname(copied.source) if "*" in copied.source else copied.source.lstrip("/")
    context = path
    while context:
        context = context.rpartition("/")[0]
        source = posixpath.normpath(posixpath.join(context, written)).removeprefix("./")
        source = "" if source == "." else source
        if source in names:
            yield posixpath.join(copied.target, posixpath.basename(source)), source
        yield copied.target, source
