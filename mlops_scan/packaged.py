"""What is made for others: what a package says on an index, its classifiers and keywords, and what no program calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.kinds import Call, Definition, Setting, Unit
from mlops_scan.own_names import SETUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains import Graph
    from mlops_scan.evidence import FileFacts

CLASSIFIERS = "classifiers"
KEYWORDS = "keywords"
_TABLES = {"pyproject.toml": ("project", "tool.poetry"), "setup.cfg": ("metadata",)}


_JULIA = "Project.toml"


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


def included(files: Iterable[FileFacts]) -> frozenset[str]:
    """Return the files that a Julia package takes in: they define what it has, and are not run by themselves."""
    files = tuple(files)
    known = any(s.key == "uuid" for file in files if file.path == _JULIA for s in file.of(Setting))
    return frozenset(
        file.path for file in files if known and file.path.startswith("src/") and file.path.endswith(".jl")
    )


def programs(files: Iterable[FileFacts], graph: Graph) -> bool:
    """Tell whether a package installs a command, or code of some files, run as a whole, comes to their functions."""
    files = tuple(files)
    if any(unit.kind == "console-script" for file in files for unit in file.of(Unit)):
        return True
    code = {file.path for file in files if file.of(Definition) and not file.path.endswith("setup.py")}
    whole = (edge for node, edges in graph.edges.items() if not node.unit and node.path in code for edge in edges)
    return any(edge.target.path in code for edge in whole)
