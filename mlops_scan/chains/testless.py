"""Runs of pytest over files and folders that hold no test, or are not there: they test nothing, or fail."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.fetching import bringing
from mlops_scan.chains.places import SUBMODULES
from mlops_scan.facts.kinds import Assertion, Call, Command, Definition, Import, Setting, Test

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import FileFacts

_RUNNERS = frozenset({"pytest", "py.test"})
# options that take no value of their own: what stands behind one is a path
_FLAGS = frozenset(
    {
        *("--exitfirst", "--no-cov", "--no-header", "--quiet", "--strict-markers", "--verbose"),
        *("-l", "-q", "-qq", "-rA", "-ra", "-s", "-sv", "-v", "-vs", "-vv", "-vvv", "-x", "-xv", "-xvs"),
    }
)
_CODE = ".py"
_NO_CODE = (".md", ".txt", ".rst", ".pyc")
# what makes no tests where it is called
_PLAIN = frozenset({"logging", "os", "print", "pytest", "sys", "unittest", "warnings"})


class Run(NamedTuple):
    """A run of pytest with the files and folders that it names; ``alone``: nothing beside it brings any."""

    path: str
    command: Command
    named: tuple[str, ...]
    alone: bool


def settle(builder: Builder, files: Iterable[FileFacts], known: Places) -> None:
    """Note such runs, and let them do nothing."""
    files = tuple(files)
    runs = [run for file in files for run in _runs(file)]
    if not runs or any(_asks_docstrings(setting) for file in files for setting in file.of(Setting)):
        return
    without = {file.path for file in files if file.path.endswith(_CODE) and not _tests(file)}
    everything = known.everything
    present = {place for path in everything for place in _above(path)}
    away = _away(runs, present, known)
    none: frozenset[str] = frozenset()
    holding = {place for path in everything if path not in without and not _is_idle(path) for place in _above(path)}
    vain = {
        (run.path, run.command.line, run.command.run)
        for run in runs
        if all(path in (away if run.alone else none) or (path in present and path not in holding) for path in run.named)
    }
    builder.vain = frozenset(vain)
    paths = {path for path, _, _ in vain}
    for node in [node for node in builder.acts if node.path in paths]:
        builder.acts[node] = [found for found in builder.acts[node] if (found.path, found.line, found.what) not in vain]


def _runs(file: FileFacts) -> Iterator[Run]:
    """Yield the runs of a file that name what they run."""
    named = [(command, paths) for command in file.of(Command) if (paths := tuple(_named(command)))]
    away = bringing(file) if named else None
    for command, paths in named:
        yield Run(file.path, command, paths, away is not None and command.unit not in away)


def _away(runs: Iterable[Run], present: Iterable[str], known: Places) -> frozenset[str]:
    """Return the paths named that nothing of the repository ends in."""
    named = {path for run in runs if run.alone for path in run.named if not _is_open(path)}
    if not named or SUBMODULES in known.everything:
        return frozenset()
    last = {posixpath.basename(path) for path in named}
    like = (path for path in present if posixpath.basename(path) in last)
    return frozenset(named.difference(tail for path in like for tail in _tails(path)))


def _tails(path: str) -> Iterator[str]:
    """Yield a path as it is seen from every folder around it."""
    while path:
        yield path
        path = path.partition("/")[2]


def _is_open(path: str) -> bool:
    """Tell whether only the run knows what a path leads to."""
    return path in {"", "."} or path.startswith(("/", "~", "..")) or any(mark in path for mark in "$*{<%")


def _named(command: Command) -> Iterator[str]:
    """Yield the files and folders that a run of pytest names, as paths of the repository; none where it finds them."""
    words = command.run.split(" ")
    if words[0].startswith("python") and words[1:3] == ["-m", "pytest"]:
        words = words[2:]
    if posixpath.basename(words[0]) not in _RUNNERS or any("doctest" in word for word in words):
        return
    before = ""
    for word in words[1:]:
        behind_option = before.startswith("-") and "=" not in before and before not in _FLAGS
        if not word.startswith("-") and not behind_option:
            yield posixpath.normpath(posixpath.join(command.directory, word.partition("::")[0]))
        before = word


def _asks_docstrings(setting: Setting) -> bool:
    """Tell whether a setting lets all runs of pytest run the examples of docstrings, which any file may hold."""
    return "addopts" in setting.key and "doctest" in setting.value


def _tests(file: FileFacts) -> bool:
    return bool(file.of(Test)) or bool(file.of(Assertion)) or _may_get_tests(file)


def _may_get_tests(file: FileFacts) -> bool:
    """Tell whether pytest collects a file that inherits or imports tests, or has them made by what it calls."""
    name = posixpath.basename(file.path)
    return (name.startswith("test_") or name.endswith("_test.py")) and (
        any(fact.kind == "class" and fact.bases for fact in file.of(Definition))
        or any(fact.alias == "*" for fact in file.of(Import))
        or any(not call.unit and call.name.partition(".")[0] not in _PLAIN for call in file.of(Call))
    )


def _above(path: str) -> Iterator[str]:
    """Yield a file and the folders around it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _is_idle(path: str) -> bool:
    return path.rpartition("/")[2].startswith(".") or path.endswith(_NO_CODE)
