"""Reads lock files: exact versions of everything that is installed, by a look at the lines that name packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts.kinds import Dependency, Reading
from mlops_scan.facts.requirements import normal
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

READS = (
    "poetry.lock",
    "uv.lock",
    "pdm.lock",
    "pylock.toml",
    "pylock.*.toml",
    "Pipfile.lock",
    "pixi.lock",
    "conda-lock.yml",
    "*renv.lock",
    "Manifest.toml",
)

MAX_BYTES = 5_000_000
MOST = 2000


def read(path: str, data: bytes) -> Reading:
    """State the packages of a lock file, at most `MOST`; they are pinned by nature."""
    if len(data) > MAX_BYTES:
        return Reading()
    name = path.rpartition("/")[2]
    text = decode(data)
    if name == "Pipfile.lock" or name.endswith("renv.lock"):
        found = _json(text)
    elif name == "Manifest.toml":
        found = _julia(text)
    else:
        found = _named(text)
    facts = (Dependency(line, normal(package), version, pinned=True, lock=True) for line, package, version in found)
    return Reading(tuple(fact for fact, _ in zip(facts, range(MOST), strict=False)))


def _named(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the packages of formats that write ``name = …`` or ``name: …`` with the version in the next line."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1], 1):
        key, separator, value = line.replace("- ", "").partition("=" if " = " in line else ":")
        if separator and key.strip() == "name" and line[:1] in {"n", "-", " "}:
            following, _, version = lines[number].replace(":", "=").partition("=")
            if following.strip() == "version":
                yield number, value.strip().strip("\"'"), version.strip().strip("\"'")


def _julia(text: str) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("[[") and line.endswith("]]"):
            yield number, line.strip("[]").removeprefix("deps."), ""


def _json(text: str) -> Iterator[tuple[int, str, str]]:
    try:
        document = msgspec.json.decode(text.encode())
    except (msgspec.DecodeError, ValueError, RecursionError):
        return
    groups = (document.get(key) for key in ("default", "develop", "Packages")) if isinstance(document, dict) else ()
    for group in groups:
        for name, package in (group or {}).items() if isinstance(group, dict) else ():
            version = package.get("version", package.get("Version", "")) if isinstance(package, dict) else ""
            yield max(1, text.count("\n", 0, text.find(f'"{name}"')) + 1), name, str(version).lstrip("=")
