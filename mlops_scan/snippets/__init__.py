"""Examples of how to get a capability: one TOML file a capability, named after it. The folder is the registry.

Each file lists snippets, the most particular first. One is for repositories in which one of its ``tools`` is used, or
else declared, or a proof lies at one of its ``paths``; the last one is for all others too.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import NamedTuple

import msgspec

from mlops_scan.model import table

_FOLDER = Path(__file__).resolve().parent


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of an example: its path, and what it says, from its first line on."""

    path: str
    text: str


class Snippet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The smallest ``change`` that gives a capability, in words and as an example."""

    change: str
    file: tuple[File, ...]
    tools: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


class Seen(NamedTuple):
    """Tools by their ids, and paths, at which something was recognised."""

    tools: frozenset[str]
    paths: frozenset[str]


class _Snippets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    snippet: tuple[Snippet, ...]


@functools.cache
def of(capability: str) -> tuple[Snippet, ...]:
    """Return the snippets of a capability; none where no example can show it."""
    file = _FOLDER / f"{capability}.toml"
    return msgspec.convert(table(file), _Snippets).snippet if file.is_file() else ()


def choose(capability: str, *seen_first: Seen) -> Snippet | None:
    """Return the snippet that fits best what a repository uses, then what is at hand there, in the order given."""
    known = of(capability)
    fitting = (snippet for seen in seen_first for snippet in known if _fits(snippet, seen))
    return next(fitting, known[-1] if known else None)


def _fits(snippet: Snippet, seen: Seen) -> bool:
    from mlops_scan.globs import matcher, path_matcher  # a report of what is remembered chooses nothing

    is_tool, is_path = matcher(snippet.tools), path_matcher(snippet.paths)
    return any(map(is_tool, seen.tools)) or any(map(is_path, seen.paths))
