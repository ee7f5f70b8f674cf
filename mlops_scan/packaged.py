"""What the metadata of a package say to those who look for one on an index: its classifiers and its keywords."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.evidence import SETUP
from mlops_scan.facts.kinds import Call, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.evidence import FileFacts

CLASSIFIERS = "classifiers"
KEYWORDS = "keywords"
_TABLES = {"pyproject.toml": ("project", "tool.poetry"), "setup.cfg": ("metadata",)}


class Said(NamedTuple):
    """One statement of the metadata: where it stands, and its text, of a list sometimes all of it."""

    path: str
    line: int
    text: str


def stated(files: Iterable[FileFacts], what: str) -> Iterator[Said]:
    """Yield what the packages of some files state under `CLASSIFIERS` or `KEYWORDS`."""
    for file in files:
        name = file.path.rpartition("/")[2]
        keys = tuple(f"{table}.{what}" for table in _TABLES.get(name, ()))
        for setting in file.of(Setting) if keys else ():
            if setting.key.startswith(keys):
                yield Said(file.path, setting.line, setting.value)
        for call in file.of(Call) if name == "setup.py" else ():
            if call.name in SETUP and what in call.arguments:
                yield Said(file.path, call.line, call.arguments[what])
