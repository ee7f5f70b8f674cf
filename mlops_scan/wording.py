"""What files say in the names of what they run, make, set and hand over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from mlops_scan.globs import matcher

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from mlops_scan.evidence import FileFacts

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def saying(files: Iterable[FileFacts], paths: Container[str], words: tuple[str, ...]) -> frozenset[str]:
    """Return which of some files say one of some words, in their path or in what they state."""
    says = matcher(words)
    return frozenset(file.path for file in files if file.path in paths and any(map(says, _words(file))))


def _words(file: FileFacts) -> Iterable[str]:
    stated = msgspec.json.encode(file.facts).decode()
    return (word.lower() for text in (file.path, stated) for word in _WORD.findall(text))
