"""What a path is for: only the project's own work proves a practice.

The first folder that says something decides, from the top; then the file's name. ``role`` sees one path, ``assign``
sees them all, and so knows committed environments, copies of other projects, build output, and repositories that are
nothing but examples.
"""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING

from mlops_scan.sources import role_words as words
from mlops_scan.sources.embedded import (
    copies,
    environments,
    folders,
    installed,
    outputs,
    packages,
    saved_models,
    siblings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

PRODUCT, TEST, DOCS, EXAMPLE = "product", "test", "docs", "example"
TEMPLATE, VENDORED, GENERATED, TEST_DATA = "template", "vendored", "generated", "test-data"
_SHOWN = words.EXAMPLE | words.ASIDE


def role(path: str, *, examples: bool = True) -> str:
    """Return the role that one path shows by itself.

    A template counts as what it generates: its tests are tests; only what would be product is ``template``.
    Without ``examples``, folders of examples are read as any other.
    """
    folder, _, name = path.rpartition("/")
    found = _folder_role(folder, examples=examples) or _file_role(folder.lower(), name.lower())
    return TEMPLATE if found == PRODUCT and _braces(path) else found


@functools.lru_cache(maxsize=65_536)
def _folder_role(folder: str, *, examples: bool) -> str:
    """Return the role of all that lies in a folder; empty where only the file's name can tell."""
    parts = _above_packages(folder.lower().split("/"))
    above = ["", *parts]
    if any(map(_vendored, above, parts)) or parts[0] in words.VENDORED_TOP:
        return VENDORED
    if any(map(_generated, above, parts)):
        return GENERATED
    return "" if parts[0] in words.SERVICES else _own_role(parts, examples=examples)


def _above_packages(parts: list[str]) -> list[str]:
    """Return the folders down to where packages of the JVM begin, whose names say nothing of their role."""
    sets = (n for n, part in enumerate(parts[:-2]) if part == words.SOURCES and parts[n + 2] in words.PACKAGES)
    first = next(sets, None)
    return parts if first is None else parts[: first + 3]


def _own_role(parts: list[str], *, examples: bool) -> str:
    neutral = False
    for part in map(_plain, parts):
        if part in words.DOCS:
            return DOCS
        if part in words.TEST and not neutral:
            return TEST
        if part in words.TEST_DATA and not neutral:
            return TEST_DATA
        if part in _SHOWN and examples and not neutral:
            return EXAMPLE
        neutral = neutral or part in words.NEUTRAL
    return ""


def _plain(part: str) -> str:
    """Return a folder's name without the number that puts it among others: ``2-tests``."""
    name = part.lstrip("0123456789")
    return name.lstrip("-_. ") if name != part else part


def _vendored(above: str, part: str) -> bool:
    return part in words.VENDORED or part.endswith(words.VENDORED_ENDINGS) or (above, part) in words.VENDORED_PAIRS


def _generated(above: str, part: str) -> bool:
    run = above == "wandb" and part.startswith(words.GENERATED_RUNS)
    ending = part.endswith(words.GENERATED_FOLDERS)
    return run or ending or part in words.GENERATED or (above, part) in words.GENERATED_PAIRS


def _file_role(folder: str, name: str) -> str:
    if name.endswith(words.GENERATED_ENDINGS) or name.startswith(words.GENERATED_STARTS):
        return GENERATED
    if name in words.TEST_FILES or _named_test(name):
        return TEST
    return DOCS if _prose(folder, name) else PRODUCT


def _named_test(name: str) -> bool:
    if name in words.NO_TEST_FILES:
        return False
    return (name.startswith(words.TEST_STARTS) and name.endswith(".py")) or name.endswith(words.TEST_ENDINGS)


def _prose(folder: str, name: str) -> bool:
    """Tell whether a file is there to be read by people, or by their assistants."""
    if name in words.DOCS_FILES:
        return True
    if not name.endswith(words.DOCS_ENDINGS) or name in words.NO_DOCS_FILES:
        return False
    nearest = folder.rpartition("/")[2]
    return not (name.endswith(".txt") and any(word in name or word in nearest for word in words.NO_DOCS_WORDS))


def _braces(path: str) -> bool:
    return any("{{" in part and "}}" in part.partition("{{")[2] for part in path.split("/"))


def assign(paths: Iterable[str]) -> dict[str, str]:
    """Return the role of every path of a source, seen together.

    Where examples are what the repository is made of, they are product.
    """
    known = sorted(set(paths))
    roles = {path: role(path) for path in known}
    _set(roles, outputs(known), GENERATED)
    roles.update(dict.fromkeys(saved_models(known), GENERATED))
    others = environments(known) | installed(known) | copies(known, frozenset(filter(_is_code, known)))
    _set(roles, others, VENDORED)
    tests = frozenset(path for path in known if _named_test(path.lower().rpartition("/")[2]))
    for path in _below(siblings(known, tests), known):
        if roles[path] == TEST:
            roles[path] = role(_without(path, words.TRIED))
    for path in _below(packages(known, words.ASIDE), known):
        if roles[path] == EXAMPLE:
            roles[path] = role(_without(path, words.ASIDE))
    if _only_examples(roles):
        roles.update((path, role(path, examples=False)) for path, found in roles.items() if found == EXAMPLE)
    return roles


def _set(roles: dict[str, str], tops: frozenset[str], verdict: str) -> None:
    roles.update(dict.fromkeys(_below(tops, roles), verdict))


def _without(path: str, names: frozenset[str]) -> str:
    return "/".join(part for part in path.split("/") if part.lower() not in names)


def _below(tops: frozenset[str], paths: Iterable[str]) -> list[str]:
    return [path for path in paths if tops and any(folder in tops for folder in folders(path))]


def _is_code(path: str) -> bool:
    return path.lower().endswith(words.CODE_ENDINGS)


def _only_examples(roles: dict[str, str]) -> bool:
    """Tell whether examples are most of the code; a package with a project file at the root is more than those."""
    count = Counter(found for path, found in roles.items() if _is_code(path))
    own = count[PRODUCT] + count[TEMPLATE]
    package = not words.PACKAGE_FILES.isdisjoint(roles) and any(
        found == PRODUCT and path.endswith(words.PACKAGE_STARTS) for path, found in roles.items()
    )
    return count[EXAMPLE] > 0 and (own == 0 or (count[EXAMPLE] > own and not package))
