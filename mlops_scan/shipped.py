"""Tool files as the wheel ships them: compiled when it is built, beside the files that they were made from.

A first scan, one in CI above all, finds no cache. What was compiled is believed only as long as the tool files are the
very ones that it was made from, so the files remain the one source.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mlops_scan import catalogue
from mlops_scan.kept import KeptTool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.spec import Tool

FILE = Path(__file__).resolve().with_name("tools.msgpack")
_Shipped = tuple[bytes, tuple[KeptTool, ...]]


def tools(folder: Path) -> tuple[Tool, ...] | None:
    """Return the tools of a folder without their examples; None where nothing was compiled from what it holds now."""
    if folder != FILE.parent / "detectors" or not FILE.is_file():
        return None
    try:
        digest, found = msgspec.msgpack.decode(FILE.read_bytes(), type=_Shipped)
    except (OSError, msgspec.MsgspecError):
        return None
    return found if digest == _digest(folder) else None


def compiled(folder: Path) -> bytes:
    """Return what `FILE` holds for a folder; raise `catalogue.CatalogueError` where a tool file cannot be used."""
    return msgspec.msgpack.encode((_digest(folder), bare(catalogue.read_folder(folder))))


def bare(tools: Iterable[Tool]) -> list[Tool]:
    """Return tools without examples, which only `explain` and the tests of tool files ask for."""
    return [
        msgspec.structs.replace(
            tool, detector=tuple(msgspec.structs.replace(part, finds=(), ignores=()) for part in tool.detector)
        )
        for tool in tools
    ]


def _digest(folder: Path) -> bytes:
    found = hashlib.blake2b()
    for file in catalogue.tool_files(folder):
        content = file.read_bytes()
        found.update(f"{file.name} {len(content)}\n".encode())
        found.update(content)
    return found.digest()
