"""Examples of how to get a capability: one TOML file a capability, named after it. The folder is the registry.

Each file lists snippets, the most particular first. One is for repositories in which one of its ``tools`` was
recognised, or a proof lies at one of its ``paths``; the last one is for all others.
"""

from __future__ import annotations

import functools
from pathlib import Path

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


class _Snippets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    snippet: tuple[Snippet, ...]


@functools.cache
def of(capability: str) -> tuple[Snippet, ...]:
    """Return the snippets of a capability; none where no example can show it."""
    file = _FOLDER / f"{capability}.toml"
    return msgspec.convert(table(file), _Snippets).snippet if file.is_file() else ()


def choose(capability: str, tools: frozenset[str], paths: frozenset[str]) -> Snippet | None:
    """Return the snippet that fits best where these tools were recognised, and something at these paths."""
    return next((snippet for snippet in of(capability) if _fits(snippet, tools, paths)), None)


def _fits(snippet: Snippet, tools: frozenset[str], paths: frozenset[str]) -> bool:
    if not (snippet.tools or snippet.paths):
        return True
    from mlops_scan.globs import matcher, path_matcher  # a report of what is remembered chooses nothing

    is_tool, is_path = matcher(snippet.tools), path_matcher(snippet.paths)
    return any(map(is_tool, tools)) or any(map(is_path, paths))
