"""What is made for others: what a package says on an index, its classifiers and keywords, and what no program calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import libraries
from mlops_scan.facts.kinds import Call, Definition, Setting, Unit
from mlops_scan.own_names import SETUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains import Graph
    from mlops_scan.evidence import FileFacts

CLASSIFIERS = "classifiers"
KEYWORDS = "keywords"
_TABLES = {
    "Cargo.toml": ("package", "workspace.package"),
    "composer.json": ("",),
    "package.json": ("",),
    "pyproject.toml": ("project", "tool.poetry"),
    "setup.cfg": ("metadata",),
}
# where others than Python say what a package is about: R has no keywords, and a crate a word or two of categories
_SAME = {KEYWORDS: {"Cargo.toml": ("package.categories",), "DESCRIPTION": ("Title",)}}
_KEPT = {"Cargo.toml": ("package.publish", "false"), "package.json": ("private", "true")}
# an application has keywords too: what a package of JavaScript gives to others, it says by one of these
_GIVES = {"package.json": ("exports", "files", "module", "publishConfig", "types", "typings")}

_TOPICS = ("machine learning", "deep learning", "neural network", "machinelearning", "mlops")

MANIFESTS = frozenset({"Cargo.toml", "composer.json", "package.json"})  # they name no package that Python knows
_JULIA = "Project.toml"


class Said(NamedTuple):
    """One statement of the metadata: where it stands, and its text, of a list sometimes all of it."""

    path: str
    line: int
    text: str


def topic(text: str) -> str:
    """Return the word of machine learning that a name, description or keyword has, if any."""
    written = text.lower().replace("-", " ").replace("_", " ")
    return next((word for word in _TOPICS if word in written), "")


def stated(files: Iterable[FileFacts], what: str) -> Iterator[Said]:
    """Yield what the packages of some files state under `CLASSIFIERS` or `KEYWORDS`, those that are kept left out."""
    for file in files:
        name = file.path.rpartition("/")[2]
        keys = (*(f"{table}.{what}".lstrip(".") for table in _TABLES.get(name, ())), *_SAME.get(what, {}).get(name, ()))
        for setting in file.of(Setting) if keys and is_given(file, name) else ():
            if setting.key.startswith(keys):
                yield Said(file.path, setting.line, setting.value)
        for call in file.of(Call) if name == "setup.py" else ():
            if call.name in SETUP and what in call.arguments:
                yield Said(file.path, call.line, call.arguments[what])


def is_given(file: FileFacts, name: str) -> bool:
    """Tell whether others may take the package that a manifest describes."""
    if name not in _KEPT:
        return True
    stated = {setting.key: setting.value for setting in file.of(Setting)}
    key, kept = _KEPT[name]
    gives = _GIVES.get(name)
    return stated.get(key) != kept and (gives is None or any(key.partition(".")[0] in gives for key in stated))


def included(files: Iterable[FileFacts]) -> frozenset[str]:
    """Return the files that a package of Julia, Rust or Go takes in: they define what it has, and none runs alone."""
    files = tuple(files)
    known = any(s.key == "uuid" for file in files if file.path == _JULIA for s in file.of(Setting))
    code = libraries.code(files)
    return frozenset(
        file.path
        for file in files
        if (known and file.path.startswith("src/") and file.path.endswith(".jl")) or (code and file.path.endswith(code))
    )


def programs(files: Iterable[FileFacts], graph: Graph) -> bool:
    """Tell whether a package installs a command, or code of some files, run as a whole, comes to their functions."""
    files = tuple(files)
    if any(unit.kind == "console-script" for file in files for unit in file.of(Unit)):
        return True
    code = {file.path for file in files if file.of(Definition) and not file.path.endswith("setup.py")}
    whole = (edge for node, edges in graph.edges.items() if not node.unit and node.path in code for edge in edges)
    return any(edge.target.path in code for edge in whole)
