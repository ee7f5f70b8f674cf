"""The words of a command line."""

from __future__ import annotations

import itertools


def options(words: list[str], *names: str) -> list[str]:
    """Return the values of an option, behind it or behind an equals sign."""
    behind = [following for word, following in itertools.pairwise(words) if word in names]
    return behind + [word.partition("=")[2] for word in words if word.partition("=")[0] in names and "=" in word]


def standing(words: list[str], valued: frozenset[str]) -> list[str]:
    """Return the words that are neither options nor values of those in ``valued``."""
    before = ("", *words)
    return [word for last, word in zip(before, words, strict=False) if not word.startswith("-") and last not in valued]
