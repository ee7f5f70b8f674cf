"""Test runners that are pointed at folders without any test: they run nothing, and fail or pass for no reason."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Import, Test

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mlops_scan.chains.graph import Builder
    from mlops_scan.evidence import Evidence, FileFacts

_RUNNERS = (("pytest",), ("py.test",), ("python", "-m", "pytest"), ("python3", "-m", "pytest"))
_INTEGRATION = "integration-tests"


def settle(builder: Builder, files: Iterable[FileFacts]) -> None:
    """Note the folders of Python tests in which there is no test, and take what only runs those for no test run."""
    builder.untested = _empty(file for file in files if file.role == "test")
    for node, acts in builder.acts.items() if builder.untested else ():
        builder.acts[node] = [found for found in acts if not runs_nothing(found, builder.untested)]


def runs_nothing(found: Evidence, untested: Collection[str]) -> bool:
    """Tell whether evidence of a test run is a command that names only folders without tests."""
    if not untested or not (found.act == "tests" or _INTEGRATION in found.proves):
        return False
    folders = list(_folders(found.what.split(" ")))
    return bool(folders) and all(folder in untested for folder in folders)


def _folders(words: list[str]) -> Iterator[str]:
    """Yield the places that a command of pytest names; what stands behind an option may be its value."""
    runner = next((runner for runner in _RUNNERS if tuple(words[: len(runner)]) == runner), None)
    for number, word in enumerate(words) if runner else ():
        if number >= len(runner or ()) and not word.startswith("-") and "=" not in word:
            place = posixpath.normpath(word)
            if "/" in place or not words[number - 1].startswith("-"):
                yield place


def _empty(files: Iterable[FileFacts]) -> frozenset[str]:
    """Return the folders of tests, as a command may name them, that hold no test."""
    folders: dict[str, bool] = {}
    for file in files:
        folder = posixpath.dirname(file.path)
        folders[folder] = folders.get(folder, True) and _holds_nothing(file)
    empty: dict[str, bool] = {}
    for folder, nothing in folders.items():
        for name in _names(folder):
            empty[name] = empty.get(name, True) and nothing
    return frozenset(name for name, nothing in empty.items() if nothing)


def _holds_nothing(file: FileFacts) -> bool:
    """Tell whether a file can hold no test: code around tests, or an empty module; others' formats may hold some."""
    return file.path.endswith(".py") and not file.of(Test) and not (_is_named_for_tests(file) and file.of(Import))


def _is_named_for_tests(file: FileFacts) -> bool:
    name = posixpath.basename(file.path)
    return name.startswith("test_") or name.endswith("_test.py")


def _names(folder: str) -> Iterator[str]:
    """Yield a folder and those around it, each from every folder that a command may be run in."""
    while folder:
        parts = folder.split("/")
        yield from ("/".join(parts[start:]) for start in range(len(parts)))
        folder = posixpath.dirname(folder)
