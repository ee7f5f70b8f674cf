"""Where in an image the files of the repository are: what Dockerfiles copy.

Source of the rules: https://docs.docker.com/reference/dockerfile/#copy
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

    ``here`` are the folders that the images of Dockerfiles work in; ``files`` those of the repository, ``named`` by
    their name.
    """

    images: dict[str, _Layout]
    every: dict[str, set[str]]
    here: dict[str, str]
    files: frozenset[str]
    named: dict[str, list[str]]

    def find(self, written: str, path: str) -> str | None:
        """Return the file that a path in an image means, written in a Dockerfile or in what runs some image.

        Of an image that is not known here, only an absolute path can be told, and only where one file is meant.
        """
        own = self.images.get(path)
        if own is not None:
            inside = posixpath.normpath(posixpath.join(self.here.get(path, "/"), written))
            return next(self._held(inside, own), None)
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
        copied = file.of(Copied)
        if copied:
            own: _Layout = defaultdict(list)
            found.images[file.path] = own
            found.here.update((file.path, fact.value) for fact in file.of(Setting) if fact.key == WORKDIR)
            for fact in copied:
                for target, source in _places(fact, file.path, names):
                    own[target].append(source)
                    found.every[target].add(source)
    for name in names if found.images else ():
        found.named[posixpath.basename(name)].append(name)
    return found


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
