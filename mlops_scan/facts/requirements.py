"""Reads requirements files: PEP 508 lines, with pip's own options. The name only suggests one; the content decides.

Source of the format: https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts import compiled_requirements
from mlops_scan.facts.kinds import Dependency, Link, Reading
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

READS = (
    "*req*.txt",
    "*Req*.txt",  # as it is often called where names of files have no case
    "*REQ*.txt",
    "*req*.in",
    "*.pip",
    "requirements/*.txt",
    "*/requirements/*.txt",
    "requirements.lock",
    "requirements-dev.lock",
)

MAX_BYTES = 500_000
_GROUPS = {
    **dict.fromkeys(("dev", "devel", "develop", "development"), "dev"),
    **dict.fromkeys(("test", "tests", "testing"), "test"),
    **dict.fromkeys(("lint", "linting"), "lint"),
    **dict.fromkeys(("doc", "docs"), "doc"),
    "ci": "ci",
}
_MOST_UNREAD = 0.5
_INCLUDING = ("-r", "--requirement")


def read(path: str, data: bytes) -> Reading:
    """State the packages that a requirements file names; a text that mostly is something else has none."""
    if len(data) > MAX_BYTES:
        return Reading()
    text = decode(data)
    lines = list(_lines(text))
    name = path.rpartition("/")[2].lower()
    group = _group(name)
    facts = [fact for number, line in lines if (fact := dependency(line, number, group, lock=name.endswith(".lock")))]
    taken = tuple(_included(text, path.rpartition("/")[0]))
    if len(facts) <= _MOST_UNREAD * len(lines):
        return Reading(taken)
    brought = _brought(text, frozenset(fact.name for fact in facts))
    stated = (msgspec.structs.replace(fact, lock=True) if fact.line in brought else fact for fact in facts)
    return Reading((*stated, *taken))


def _included(text: str, folder: str) -> Iterator[Link]:
    """Yield what else is installed: other files, seen from the folder of this one."""
    for number, line in enumerate(text.split("\n") if "-r" in text else (), 1):
        option, _, rest = line.split(" #", 1)[0].strip().replace("=", " ", 1).partition(" ")
        name = rest if option in _INCLUDING else option[2:] if option.startswith("-r") else ""
        if name.strip():
            yield Link(number, "file", posixpath.normpath(posixpath.join(folder, name.strip())))


def _group(name: str) -> str:
    """Return what a file of requirements is for besides running: a word of its name, not a part of one (``docker``)."""
    words = name.replace("_", "-").replace(".", "-").replace("requirements", "-").split("-")
    return next((_GROUPS[word] for word in words if word in _GROUPS), "")


def _brought(text: str, packages: frozenset[str]) -> frozenset[int]:
    """Return the lines of packages which only other packages of the file ask for."""
    asked = compiled_requirements.asked_by(text) if "# via" in text else ()
    return frozenset(line for line, names in asked if all(normal(name.partition("[")[0]) in packages for name in names))


def dependency(text: str, line: int, group: str = "", *, lock: bool = False) -> Dependency | None:
    """Return the package that one PEP 508 line names, or None where it is none."""
    from packaging.requirements import Requirement

    hashed = " --hash" in text
    text = text.split(" --hash", 1)[0].split(" \\", 1)[0].strip()
    if text.startswith(("git+", "http://", "https://", "-e ", ".", "/")):
        return _located(text, line, group)
    try:
        requirement = Requirement(text)
        specifier = str(requirement.specifier)
    except ValueError:  # also of a number of thousands of digits, in its specifier
        return None
    pinned = hashed or requirement.url is not None or _exact(specifier)
    return Dependency(line, normal(requirement.name), specifier, pinned or lock, lock, group)


def normal(name: str) -> str:
    """Return a package name as PEP 503 compares it."""
    return "-".join(part for part in name.lower().replace("_", "-").replace(".", "-").split("-") if part)


def _exact(specifier: str) -> bool:
    return specifier.startswith("==") and "," not in specifier and "*" not in specifier


def _located(text: str, line: int, group: str) -> Dependency | None:
    """Return the package of a URL that names it (``#egg=name``); a path to the project itself is no dependency."""
    name = text.partition("#egg=")[2] or text.rstrip("/").rpartition("/")[2].partition("@")[0].removesuffix(".git")
    name = normal(name.partition("[")[0])
    if "://" not in text or not name:
        return None
    return Dependency(line, name, "", "@" in text.rpartition("/")[2], group=group)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield requirement lines with their number; comments, options and blank lines left out."""
    pending = ""
    first = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.split(" #", 1)[0].strip()
        if not pending:
            first = number
        if line.endswith("\\"):
            pending += line[:-1] + " "
            continue
        line, pending = (pending + line).strip(), ""
        if line and not line.startswith(("#", "-r", "-c", "--", "-i", "-f")):
            yield first, line.removeprefix("-e ").strip() if "://" in line else line
