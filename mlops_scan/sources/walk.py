"""List a folder that no git repository holds: every regular file that no .gitignore names."""

from __future__ import annotations

import os
import time
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.diagnostics import Diagnostic
from mlops_scan.sources import ignore, kinds, names
from mlops_scan.sources.kinds import File, Listing
from mlops_scan.sources.regular import UnreadableError, not_regular, read, stamp

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_IGNORE = ".gitignore"
_IGNORE_CAP = 262_144
_PATIENCE = 10.0


class _Rules(NamedTuple):
    """One .gitignore: the length of its folder's prefix, and what it says."""

    start: int
    spec: GitIgnoreSpec


class _Walk:
    """What a walk has met so far, and how long it may still match patterns."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self.diagnostics: list[Diagnostic] = []
        self.folders: list[tuple[str, str, tuple[_Rules, ...]]] = []
        self.until = time.monotonic() + _PATIENCE

    def say(self, path: str, message: str) -> None:
        self.diagnostics.append(Diagnostic(path, 0, message))


def walk(directory: str, below: str = "") -> Listing:
    """List the files below an absolute folder; links are not followed, ``.git`` is not entered.

    With ``below``, a folder in it with a slash at its end, only what lies there is listed; what the .gitignore files
    above it say counts.
    """
    state = _Walk()
    state.folders.append((f"{directory}/{below}".rstrip("/"), below, _above(state, directory, below)))
    while state.folders and len(state.files) <= kinds.MOST_FILES:
        _folder(state, *state.folders.pop())
    if len(state.files) > kinds.MOST_FILES:
        state.diagnostics.append(kinds.stopped())
    return Listing(tuple(state.files[: kinds.MOST_FILES]), (), tuple(state.diagnostics))


def _above(state: _Walk, directory: str, below: str) -> tuple[_Rules, ...]:
    """Return what the .gitignore files on the way down say."""
    rules: tuple[_Rules, ...] = ()
    parts = below.split("/")[:-1]
    for depth in range(len(parts)):
        prefix = "".join(f"{part}/" for part in parts[:depth])
        if os.path.lexists(f"{directory}/{prefix}{_IGNORE}"):
            rules = _said(state, f"{directory}/{prefix}{_IGNORE}", prefix, rules)
    return rules


def _folder(state: _Walk, directory: str, prefix: str, above: tuple[_Rules, ...]) -> None:
    try:
        with os.scandir(directory) as entries:
            found = sorted(islice(entries, kinds.MOST_FILES + 1), key=lambda entry: entry.name)
    except OSError as error:
        state.say(prefix.rstrip("/"), f"not read: {error.strerror}")
        return
    rules = _rules(state, found, prefix, above)
    for entry in found:
        if entry.name.lower() != ".git" and not entry.is_symlink():
            _entry(state, entry, prefix, rules)


def _rules(state: _Walk, found: list[os.DirEntry[str]], prefix: str, above: tuple[_Rules, ...]) -> tuple[_Rules, ...]:
    entry = next((entry for entry in found if entry.name == _IGNORE), None)
    return above if entry is None else _said(state, entry.path, prefix, above)


def _said(state: _Walk, path: str, prefix: str, above: tuple[_Rules, ...]) -> tuple[_Rules, ...]:
    try:
        text = read(path, _IGNORE_CAP).decode("utf-8", "replace")
    except UnreadableError as error:
        state.say(f"{prefix}{_IGNORE}", str(error))
        return above
    spec = ignore.compiled(text.splitlines())
    return (_Rules(len(prefix), spec), *above) if spec else above


def _entry(state: _Walk, entry: os.DirEntry[str], prefix: str, rules: tuple[_Rules, ...]) -> None:
    raw = os.fsencode(prefix + entry.name)
    path = names.shown(raw)
    try:
        folder, status = entry.is_dir(follow_symlinks=False), entry.stat(follow_symlinks=False)
    except OSError as error:
        state.say(path, f"not read: {error.strerror}")
        return
    if _ignored(state, prefix + entry.name + "/" * folder, rules):
        return
    if folder:
        _enter(state, entry, prefix, rules)
    elif entry.is_file(follow_symlinks=False):
        state.files.append(File(path, "", status.st_size, name=names.kept(raw, path), stamp=stamp(status)))
    else:
        state.say(path, not_regular(status.st_mode))


def _enter(state: _Walk, entry: os.DirEntry[str], prefix: str, rules: tuple[_Rules, ...]) -> None:
    if prefix.count("/") < ignore.DEEPEST:
        state.folders.append((entry.path, f"{prefix}{entry.name}/", rules))
    else:
        state.say(names.shown(os.fsencode(prefix + entry.name)), "not entered: nested too deeply")


def _ignored(state: _Walk, path: str, rules: tuple[_Rules, ...]) -> bool:
    """Ask each .gitignore, the nearest first: the first that has something to say decides."""
    if not rules or state.until == 0:
        return False
    if time.monotonic() > state.until:
        state.until = 0.0
        state.say(
            "", f"the .gitignore files take longer than {_PATIENCE:.0f} s to match; from here on they are not heeded"
        )
        return False
    verdicts = (spec.check_file(path[start:]).include for start, spec in rules)
    return next((bool(verdict) for verdict in verdicts if verdict is not None), False)
