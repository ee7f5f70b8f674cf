"""Folders of the repository that programs put on Python's path themselves: ``sys.path.append("../src")``."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Call

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mlops_scan.evidence import FileFacts

# the calls that do so, each with the argument that says which folder
_ADDING = {"sys.path.insert": "1", "sys.path.append": "0", "site.addsitedir": "0"}
_GAP = "{}"


def added(files: Iterable[FileFacts], places: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return by file the folders, of those that there are, from which it imports besides what Python sees by itself."""
    found = {}
    for file in files:
        texts = file.once(_texts)
        folder = file.path.rpartition("/")[0]
        known = (next(filter(places.__contains__, _meant(text, folder)), None) for text in texts)
        folders = tuple(dict.fromkeys(filter(None, known)))
        if folders:
            found[file.path] = folders
    return found


def _texts(file: FileFacts) -> tuple[str, ...]:
    said = (call.arguments.get(_ADDING[call.name], "") for call in file.of(Call) if call.name in _ADDING)
    return tuple(dict.fromkeys(filter(None, said)))


def _meant(text: str, folder: str) -> Iterator[str]:
    """Yield the folders that a text may mean: from the file's own or the root, or inside a container or checkout.

    Where the repository lies there is not known, so what is absolute is one by its last parts.
    """
    if not text.startswith("/") and _GAP not in text:
        yield posixpath.normpath(posixpath.join(folder, text))
        yield posixpath.normpath(text)
        return
    parts = text.rpartition(_GAP)[2].strip("/").split("/")
    for first in range(len(parts)):
        ending = "/".join(parts[first:])
        above = folder
        while above:
            yield f"{above}/{ending}"
            above = above.rpartition("/")[0]
        yield ending
