"""Reads Bicep: the resources that a file declares, and the files that its modules are made of.

Source of the format: https://learn.microsoft.com/azure/azure-resource-manager/bicep/file
"""

from __future__ import annotations

import itertools
import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Reading, Resource
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import MAX_BYTES, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

READS = ("*.bicep",)

_LIKE = "js"  # a language that writes comments and strings as Bicep does


def read(path: str, data: bytes) -> Reading:
    """State the resources of a Bicep file; a module is one by the path of its file."""
    return Reading() if len(data) > MAX_BYTES else Reading(tuple(_resources(path, decode(data))))


def _resources(path: str, text: str) -> Iterator[Resource]:
    """Yield what is declared, and not what exists already; a type inside another leaves out what that one's says."""
    found = tokens(text, _LIKE)
    outer = ""
    for word, name, said, after in zip(*(itertools.islice(found, n, None) for n in range(4)), strict=False):
        declares = name.kind == "name" and said.kind == "string" and after.text.startswith("=")
        if declares and word.text == "module":
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), said.text))
            yield Resource(word.line, "bicep", "module", target)
        elif declares and word.text == "resource":
            kind = said.text.partition("@")[0]
            outer = kind if "." in kind.partition("/")[0] else outer
            yield Resource(word.line, "bicep", kind if kind == outer else f"{outer}/{kind}", name.text)
