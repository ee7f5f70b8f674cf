"""Tool files compiled: which catalogues are in use, told without reading them, and their tools from the cache.

Reading and validating hundreds of TOML files takes longer than the rest of a small scan. What is kept of them leaves
out the examples.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan import cache, catalogue, stamps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.cache import Store
    from mlops_scan.catalogue import Catalogue
    from mlops_scan.spec import Tool
    from mlops_scan.stamps import Stamp

_TOML = (".toml",)


class Place(NamedTuple):
    """Where tool files lie, which catalogue they are (built-in, installed or local), and what they are now."""

    path: Path
    origin: str
    stamp: Stamp


class Chosen(NamedTuple):
    """The catalogues in use, and the ids of what is left out of them."""

    places: tuple[Place, ...]
    disable: tuple[str, ...] = ()

    def stamp(self) -> Stamp:
        """Return what tells these tools from any others, and from what they were before a tool file changed."""
        found = stamps.together((stamps.code(), *(place.stamp for place in self.places)))
        return found._replace(
            digest=cache.key("chosen", found.digest, [place.origin for place in self.places], self.disable)
        )


def choose(local: Iterable[str] = (), disable: Iterable[str] = (), store: Store | None = None) -> Chosen:
    """Return what `catalogue.load` would read; raise `catalogue.CatalogueError` where there is nothing to read."""
    folders = [(catalogue.built_in(), "built-in")]
    folders += [(Path(folder), "installed") for folder in _installed(store)]
    folders += [(Path(folder), "local") for folder in local]
    return Chosen(tuple(Place(folder, origin, _stamp(folder)) for folder, origin in folders), tuple(disable))


def read(chosen: Chosen, store: Store | None = None) -> Catalogue:
    """Return the catalogue that was chosen; without examples where it was found compiled.

    Raises `catalogue.CatalogueError` where a tool file cannot be used.
    """
    return catalogue.joined(
        ((tool, place.origin) for place in chosen.places for tool in _tools(place, store)), chosen.disable
    )


def _stamp(folder: Path) -> Stamp:
    found = stamps.of_folder(folder, _TOML)
    if found is None:
        catalogue.tool_files(folder)  # says what is wrong
    return found or stamps.Stamp(b"", settled=False)


def _installed(store: Store | None) -> Iterable[str]:
    """Return the folders of installed catalogues: to ask all distributions for them takes long, so they are kept."""
    name = cache.key("installed", stamps.installed())
    known = cache.get(store, (name,)) if store else {}
    if name in known:
        return map(os.fsdecode, msgspec.msgpack.decode(known[name], type=tuple[bytes, ...]))
    found = tuple(map(os.fsencode, catalogue.installed()))
    if store:
        cache.put(store, {name: msgspec.msgpack.encode(found)})
    return map(os.fsdecode, found)


def _tools(place: Place, store: Store | None) -> Iterable[Tool]:
    stamp = stamps.together((stamps.code(), place.stamp))
    if store is None or not stamp.settled:
        return _anew(place)
    name = cache.key("tools", stamp.digest)
    known = cache.get(store, (name,)).get(name)
    if known is not None:
        return _decoded(known)

    from mlops_scan import shipped

    tools = _anew(place)
    cache.put(store, {name: msgspec.msgpack.encode(shipped.bare(tools))})
    return tools


def _anew(place: Place) -> Iterable[Tool]:
    """Return the tools of a place as they were shipped, else from their files."""
    from mlops_scan import shipped

    return shipped.tools(place.path) or catalogue.read_folder(place.path)


def _decoded(data: bytes) -> tuple[Tool, ...]:
    from mlops_scan.kept import KeptTool

    return msgspec.msgpack.decode(data, type=tuple[KeptTool, ...])
