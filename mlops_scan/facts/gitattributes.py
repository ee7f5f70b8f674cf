"""Reads `.gitattributes`: patterns of paths and the attributes that git gives them.

Source of the format: https://git-scm.com/docs/gitattributes
"""

from __future__ import annotations

from mlops_scan.facts.kinds import Reading, Setting
from mlops_scan.facts.text import decode

READS = (".gitattributes",)

MAX_BYTES = 500_000


def read(path: str, data: bytes) -> Reading:  # noqa: ARG001 - all readers take both
    """State each pattern with its attributes as written; macros (``[attr]name``) name no paths."""
    if len(data) > MAX_BYTES:
        return Reading()
    lines = ((number, raw.strip()) for number, raw in enumerate(decode(data).split("\n"), 1))
    return Reading(tuple(_setting(number, line) for number, line in lines if line and not line.startswith(("#", "["))))


def _setting(number: int, line: str) -> Setting:
    """Return a line as a setting; a pattern with blanks stands in quotes."""
    pattern, _, attributes = line[1:].partition('"') if line.startswith('"') else _parted(line)
    return Setting(line=number, key=pattern, value=" ".join(attributes.split()))


def _parted(line: str) -> tuple[str, str, str]:
    return " ".join(line.split()).partition(" ")
