"""Examples of how to get a capability: TOML files named after it. The folder is the registry.

``NAME.SORT.toml`` come in the order of their names, and before ``NAME.toml``, which is for what remains; each lists
snippets, the most particular first. One is for repositories in which one of its ``tools`` is used, or else declared,
and in which something is started at one of its ``paths``; the very last one is for all others too. One with commands to
``run`` stands for one for each CI service, so that no tool's snippet is written again for every service.
"""

from __future__ import annotations

import functools
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.model import table
from mlops_scan.snippets import services

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDER = Path(__file__).resolve().parent


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of an example: its path, and what it says, from its first line on."""

    path: str
    text: str


class Snippet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The smallest ``change`` that gives a capability, in words and as an example."""

    change: str
    file: tuple[File, ...] = ()
    tools: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


class _Written(Snippet, frozen=True, forbid_unknown_fields=True):
    """A snippet as its file has it: commands that a CI service can ``run``, in a ``job``, and how it ``starts``.

    ``cloud`` is what the job logs in to.
    """

    run: tuple[str, ...] = ()
    job: str = ""
    starts: services.Start = "merge"
    cloud: services.Cloud = "any"


class Seen(NamedTuple):
    """What a repository shows: the tools in use, by their ids, and the paths of what starts something.

    ``at_hand`` are capabilities with tools that would prove them, but are no more than declared.
    """

    used: frozenset[str] = frozenset()
    at_hand: frozenset[tuple[str, str]] = frozenset()
    starts: frozenset[str] = frozenset()


class _Snippets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    snippet: tuple[_Written, ...]


@functools.cache
def of(capability: str) -> tuple[Snippet, ...]:
    """Return the snippets of a capability; none where no example can show it."""
    files = sorted(_FOLDER.glob(f"{capability}.*toml"))
    written = (one for file in files for one in msgspec.convert(table(file), _Snippets).snippet)
    return tuple(snippet for one in written for snippet in _told(one))


def choose(capability: str, seen: Seen) -> Snippet | None:
    """Return the snippet that fits best what a repository uses, and then what it has at hand for the capability."""
    known = of(capability)
    declared = frozenset(tool for name, tool in seen.at_hand if name == capability)
    of_tools = (snippet for tools in (seen.used, declared) for snippet in known if _fits(snippet, tools, seen))
    of_paths = (snippet for snippet in known if not snippet.tools and snippet.paths and _at(snippet.paths, seen.starts))
    return next(itertools.chain(of_tools, of_paths), known[-1] if known else None)


def _told(one: _Written) -> Iterator[Snippet]:
    if not one.run:
        yield Snippet(one.change, one.file, one.tools, one.paths)
    for service in services.starting(one.starts) if one.run else ():
        told = File(*services.written(service, one.starts, one.job, one.run, one.cloud))
        change = one.change.replace("{service}", service.name)
        yield Snippet(change, (told, *one.file), one.tools, service.paths)


def _fits(snippet: Snippet, tools: frozenset[str], seen: Seen) -> bool:
    return not tools.isdisjoint(snippet.tools) and (not snippet.paths or _at(snippet.paths, seen.starts))


@functools.lru_cache(maxsize=64)
def _at(globs: tuple[str, ...], paths: frozenset[str]) -> bool:
    from mlops_scan.globs import path_matcher  # a report of what is remembered chooses nothing

    return any(map(path_matcher(globs), paths))
