"""Notebooks that a workspace holds under a path of its own (``/Shared/churn/train``), found by how that path ends.

Source of the paths: https://docs.databricks.com/aws/en/files/workspace (people put what the repository holds there).
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENDINGS = (".py", ".ipynb")


def notebook(written: str, by_name: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the file of the repository that ends like a path, one alone; of several the one that ends most alike."""
    tails = [written] if written.endswith(_ENDINGS) else [written + ending for ending in _ENDINGS]
    alike: dict[int, list[str]] = {}
    for tail in tails:
        for path in by_name.get(posixpath.basename(tail), ()):
            alike.setdefault(_alike(path, tail), []).append(path)
    best = alike[max(alike)] if alike else []
    return best[0] if len(best) == 1 else None


def _alike(one: str, other: str) -> int:
    """Return how many parts two paths have in common, from the end."""
    pairs = zip(reversed(one.split("/")), reversed(other.split("/")), strict=False)
    return next((number for number, (part, same) in enumerate(pairs) if part != same), len(one.split("/")))
