"""Shell text to commands (a stub: see the signature)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Command


def commands(text: str, line: int, unit: str = "", *, tolerated: bool = False, directory: str = "") -> Iterator[Command]:
    """State the programs that shell text runs; its first line is ``line`` of the file."""
    raise NotImplementedError
