"""Finds and validates tool files: built-in, installed (entry point ``mlops_scan.catalogues``) and local."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.spec import Detector, Tool

_LARGEST = 1_000_000
ENTRY_POINT = "mlops_scan.catalogues"


class CatalogueError(Exception):
    """A tool file or catalogue that cannot be used; the message says which, where and what to do."""


class Entry(NamedTuple):
    """One detector with the tool it belongs to and the catalogue it came from (built-in, installed or local)."""

    detector: Detector
    tool: Tool
    catalogue: str

    @property
    def id(self) -> str:
        """The detector's name in reports: tool and question, ``mlflow.tracking``."""
        return f"{self.tool.id}.{self.detector.id}"


class Catalogue(NamedTuple):
    """All tools in use, and from which catalogue each came."""

    tools: tuple[tuple[Tool, str], ...]

    def entries(self) -> Iterator[Entry]:
        """Yield every detector of every tool."""
        for tool, origin in self.tools:
            for detector in tool.detector:
                yield Entry(detector, tool, origin)


def built_in() -> Path:
    """Return the folder of the built-in tool files: inside the installed package, else beside it in a checkout."""
    here = Path(__file__).resolve().parent
    return next(
        (place for place in (here / "detectors", here.parent / "detectors") if any(place.glob("*.toml"))),
        here / "detectors",
    )


def load(local: Iterable[str] = (), disable: Iterable[str] = ()) -> Catalogue:
    """Return the catalogue: built-in and installed folders, then the given local ones; later tools replace earlier.

    ``disable`` drops tools (``mlflow``) or detectors (``mlflow.tracking``) by id.
    Raises `CatalogueError` where a folder or file cannot be used.
    """
    folders = [(built_in(), "built-in"), *((f, "installed") for f in installed()), *((Path(f), "local") for f in local)]
    return joined(((tool, origin) for folder, origin in folders for tool in read_folder(folder)), disable)


def joined(found: Iterable[tuple[Tool, str]], disable: Iterable[str] = ()) -> Catalogue:
    """Return the catalogue of tools with their origins; later ones replace earlier, ``disable`` drops as in `load`."""
    tools = {tool.id: (tool, origin) for tool, origin in found}
    dropped = frozenset(disable)
    kept = (_without(tool, origin, dropped) for tool, origin in tools.values() if tool.id not in dropped)
    return Catalogue(tuple(pair for pair in kept if pair is not None))


def _without(tool: Tool, origin: str, dropped: frozenset[str]) -> tuple[Tool, str] | None:
    detectors = tuple(d for d in tool.detector if f"{tool.id}.{d.id}" not in dropped)
    return (msgspec.structs.replace(tool, detector=detectors), origin) if detectors else None


def installed() -> Iterator[Path]:
    """Yield the folders of installed catalogues; raise `CatalogueError` for one that cannot be found."""
    import importlib.metadata

    for point in importlib.metadata.entry_points(group=ENTRY_POINT):
        try:
            folders = list(point.load().__path__)
        except (ImportError, AttributeError) as error:
            message = f"installed catalogue {point.name} ({point.value}): {error}; name a package, or uninstall it"
            raise CatalogueError(message) from error
        yield from map(Path, folders)


@functools.cache
def read_folder(folder: Path) -> tuple[Tool, ...]:
    """Return the tools of one folder in order of file name; a folder without tool files is an error."""
    return tuple(read_tool(file) for file in tool_files(folder))


def tool_files(place: Path) -> tuple[Path, ...]:
    """Return the tool files of a folder, in order, or the one file that is named; raise `CatalogueError` for none."""
    if place.is_file():
        return (place,)
    files = tuple(sorted(place.glob("*.toml")))
    if not files:
        missing = "" if place.is_dir() else ", which does not exist"
        message = f"no tool files (*.toml) in {place}{missing}: name a folder that holds some, or reinstall mlops-scan"
        raise CatalogueError(message)
    return files


def read_tool(file: Path) -> Tool:
    """Return the tool that a file describes, or raise `CatalogueError` naming the file and the place in it."""
    import tomli

    from mlops_scan.sources.regular import UnreadableError, read
    from mlops_scan.spec import Tool

    try:
        text = read(str(file.resolve()), _LARGEST).decode("utf-8")
        tool = msgspec.convert(tomli.loads(text), Tool)
    except (UnreadableError, OSError, ValueError, RecursionError) as error:
        message = f"{file}: {error}"
        raise CatalogueError(message) from error
    if tool.id != file.stem:
        message = f"{file}: id is {tool.id!r}; name the file {tool.id}.toml, or the tool {file.stem!r}"
        raise CatalogueError(message)
    _require_purpose(tool, file)
    return tool


def _require_purpose(tool: Tool, file: Path) -> None:
    seen = set()
    for detector in tool.detector:
        if not (detector.proves or detector.act or detector.trigger):
            message = f"{file}: detector {detector.id!r} needs one of proves, act, trigger"
            raise CatalogueError(message)
        if detector.id in seen:
            message = f"{file}: two detectors are named {detector.id!r}"
            raise CatalogueError(message)
        seen.add(detector.id)
