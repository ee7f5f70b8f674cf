"""Notebooks that a workspace holds under a path of its own (``/Shared/churn/train``), found by how that path ends.

Source of the paths: https://docs.databricks.com/aws/en/files/workspace (people put what the repository holds there).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ENDINGS = (".py", ".ipynb")


def notebook(written: str, endings: Mapping[str, str | None]) -> str | None:
    """Return the file of the repository that ends like a path, one alone; of several the one that ends most alike."""
    parts = written.split("/")
    for first in range(len(parts)):
        tail = "/".join(parts[first:])
        tails = [tail] if tail.endswith(_ENDINGS) else [tail + ending for ending in _ENDINGS]
        if found := [endings[tail] for tail in tails if tail in endings]:
            return found[0] if len(found) == 1 else None
    return None


def notebooks(paths: Iterable[str]) -> dict[str, str | None]:
    """Return the files that may be notebooks by all that their paths end with; nothing where several do."""
    found: dict[str, str | None] = {}
    for path in paths:
        parts = path.split("/") if path.endswith(_ENDINGS) else ()
        for first in range(len(parts)):
            tail = "/".join(parts[first:])
            found[tail] = None if tail in found else path
    return found
