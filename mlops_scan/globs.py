"""Globs of tool files as predicates over text: ``*`` any text, ``?`` one character, ``[ab]`` one of these."""

from __future__ import annotations

import functools
import re
from fnmatch import translate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SPECIAL = re.compile(r"[*?\[]")
_PICKY = re.compile(r"[?\[]")
# a glob with one star, in two parts
_AFFIX = 2


@functools.cache
def matcher(globs: tuple[str, ...]) -> Callable[[str], bool]:
    """Return a predicate that tells whether a text matches any of the globs, whole and case-sensitively.

    Only those with ``?`` or ``[`` become regular expressions, when first needed: to compile one takes longer than all
    that most globs are ever asked.
    """
    exact = frozenset(glob for glob in globs if not _SPECIAL.search(glob))
    starred = [tuple(glob.split("*")) for glob in globs if "*" in glob and not _PICKY.search(glob)]
    prefixes = tuple(first for first, *rest in starred if rest == [""])
    suffixes = tuple(last for *rest, last in starred if rest == [""])
    pieces = tuple(parts for parts in starred if len(parts) > _AFFIX or "" not in parts)
    picky = [glob for glob in globs if _PICKY.search(glob)]
    pattern = _lazy_pattern(picky) if picky else None

    def matches(text: str) -> bool:
        return (
            text in exact
            or text.startswith(prefixes)
            or text.endswith(suffixes)
            or any(_in_turn(parts, text) for parts in pieces)
            or (pattern is not None and pattern().match(text) is not None)
        )

    return matches


def _in_turn(parts: tuple[str, ...], text: str) -> bool:
    """Tell whether a text consists of these parts in order, with anything between them."""
    first, last = parts[0], parts[-1]
    end = len(text) - len(last)
    at = len(first)
    if at > end or not text.startswith(first) or not text.endswith(last):
        return False
    for part in parts[1:-1]:
        at = text.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


@functools.cache
def path_matcher(globs: tuple[str, ...]) -> Callable[[str], bool]:
    """Return a predicate over repository paths: a glob without a slash matches the file name in any folder."""
    names = matcher(tuple(glob for glob in globs if "/" not in glob))
    paths = matcher(tuple(glob for glob in globs if "/" in glob))

    def matches(path: str) -> bool:
        return names(path.rpartition("/")[2]) or paths(path)

    return matches


def _lazy_pattern(globs: Iterable[str]) -> Callable[[], re.Pattern[str]]:
    return functools.cache(lambda: re.compile("|".join(translate(glob) for glob in globs)))
