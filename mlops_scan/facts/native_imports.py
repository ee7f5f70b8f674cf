"""What an import statement of C#, Dart, Go, Rust or Swift brings, and what that is called here."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.facts.tokens import Token

# the pairs of a name here and what it stands for, and the token from which to read on
Brought = tuple[list[tuple[str, str]], int]
_NONE: list[tuple[str, str]] = []
_MOST = 300


def of(language: str) -> Callable[[list[Token], int], Brought] | None:
    """Return what tells which names come in by a statement that begins at a token; None where there is no such."""
    return {"csharp": _csharp, "dart": _quoted, "go": _quoted, "rust": _rust, "swift": _swift}.get(language)


def _until(found: list[Token], number: int, ends: str) -> list[Token]:
    return list(itertools.takewhile(lambda token: token.text not in ends, found[number : number + _MOST]))


def _csharp(found: list[Token], number: int) -> Brought:
    """Read ``using A.B;`` and ``using C = A.B;``: a namespace brings classes whose names nobody tells."""
    if found[number].text != "using":
        return _NONE, number
    words = [token.text for token in _until(found, number + 1, ";({")]
    after = number + 1 + len(words)
    if after >= len(found) or found[after].text != ";" or not words:
        return _NONE, number
    alias = words[0] if words[1:2] == ["="] else ""
    full = "".join(words[2:] if alias else [word for word in words if word != "static"])
    return [(alias or full, full)], after


def _quoted(found: list[Token], number: int) -> Brought:
    """Read ``import "a/b"`` and ``import ( c "a/b" )``: called by its last part, or as it says."""
    following = found[number + 1].text if number + 1 < len(found) else ""
    if found[number].text != "import":
        return _NONE, number
    part = _until(found, number + 2, ")") if following == "(" else _until(found, number + 1, ";")[:2]
    brought = []
    for before, token in zip((found[number], *part), part, strict=False):
        if token.kind == "string":
            alias = before.text if before.kind == "name" and before.text not in {"import", "_", "."} else ""
            brought.append((alias or token.text.rpartition("/")[2], token.text))
    return brought, number + 1 + (len(part) if brought else 0)


def _rust(found: list[Token], number: int) -> Brought:
    """Read ``use a::b::{c, d::{e as f}};``: each name with the path before its braces."""
    if found[number].text != "use":
        return _NONE, number
    words = [token.text for token in _until(found, number + 1, ";")]
    brought: list[tuple[str, str]] = []
    outer: list[list[str]] = [[]]
    path: list[str] = []
    for word in (*words, ","):
        if word == "{":
            outer.append([*outer[-1], *path])
            path = []
        elif word in {",", "}"}:
            if path:
                brought.append(_named([*outer[-1], *path]))
            path = []
            if word == "}" and outer[1:]:
                outer.pop()
        elif word != ".":
            path.append(word)
    return brought, number + 1 + len(words)


def _named(path: list[str]) -> tuple[str, str]:
    renamed = path[-1] if path[-2:-1] == ["as"] else ""
    kept = [part for part in (path[:-2] if renamed else path) if part != "*"]
    return renamed or (kept[-1] if kept else ""), ".".join(kept)


def _swift(found: list[Token], number: int) -> Brought:
    """Read ``import A`` and ``import class A.B``."""
    if found[number].text != "import":
        return _NONE, number
    line = found[number].line
    words = [t.text for t in itertools.takewhile(lambda t: t.line == line, found[number + 1 : number + _MOST])]
    names = "".join(words[1:] if words[1:2] not in ([], ["."]) else words)
    return ([(names.rpartition(".")[2], names)] if names else []), number + 1 + len(words)
