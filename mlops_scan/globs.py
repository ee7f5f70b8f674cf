"""Globs of tool files as predicates over text: ``*`` any text, ``?`` one character, ``[ab]`` one of these."""

from __future__ import annotations

import functools
import re
from fnmatch import translate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SPECIAL = re.compile(r"[*?\[]")


@functools.cache
def matcher(globs: tuple[str, ...]) -> Callable[[str], bool]:
    """Return a predicate that tells whether a text matches any of the globs, whole and case-sensitively.

    Literals, ``prefix*`` and ``*suffix`` are compared as strings, which is most globs and ten times faster.
    """
    exact = frozenset(glob for glob in globs if not _SPECIAL.search(glob))
    prefixes = tuple(glob[:-1] for glob in globs if glob.endswith("*") and not _SPECIAL.search(glob[:-1]))
    suffixes = tuple(
        glob[1:] for glob in globs if glob.startswith("*") and len(glob) > 1 and not _SPECIAL.search(glob[1:])
    )
    rest = [glob for glob in globs if _SPECIAL.search(glob) and not _is_affix(glob)]
    pattern = _lazy_pattern(rest) if rest else None

    def matches(text: str) -> bool:
        return (
            text in exact
            or text.startswith(prefixes)
            or text.endswith(suffixes)
            or (pattern is not None and pattern().match(text) is not None)
        )

    return matches


@functools.cache
def path_matcher(globs: tuple[str, ...]) -> Callable[[str], bool]:
    """Return a predicate over repository paths: a glob without a slash matches the file name in any folder."""
    names = matcher(tuple(glob for glob in globs if "/" not in glob))
    paths = matcher(tuple(glob for glob in globs if "/" in glob))

    def matches(path: str) -> bool:
        return names(path.rpartition("/")[2]) or paths(path)

    return matches


def _is_affix(glob: str) -> bool:
    return (glob.endswith("*") and not _SPECIAL.search(glob[:-1])) or (
        glob.startswith("*") and len(glob) > 1 and not _SPECIAL.search(glob[1:])
    )


def _lazy_pattern(globs: Iterable[str]) -> Callable[[], re.Pattern[str]]:
    return functools.cache(lambda: re.compile("|".join(translate(glob) for glob in globs)))
