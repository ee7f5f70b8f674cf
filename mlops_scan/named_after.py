"""What a package is about by the name and the words that it gives itself, whatever language it is written in.

A client, a binding or an operator of a tool of machine learning trains and loads nothing, and is no less a library.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import packaged
from mlops_scan.evidence import Evidence
from mlops_scan.facts import package_manifests
from mlops_scan.facts.kinds import Call, Resource, Setting
from mlops_scan.globs import matcher
from mlops_scan.own_names import SETUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mlops_scan.catalogue import Catalogue
    from mlops_scan.evidence import FileFacts

_NAMED = "A package is named after {}."
_ABOUT = "A package says what it is about: {}."
_LISTED = ("description", "keywords")
_CHART = "Chart.yaml"
_KEYS = {
    "Cargo.toml": (("package.name",), ("package.description", "package.keywords")),
    _CHART: (("name",), _LISTED),
    "DESCRIPTION": (("Package",), ("Title",)),
    "composer.json": (("name",), _LISTED),
    "package.json": (("name",), _LISTED),
    "pyproject.toml": (
        ("project.name", "tool.poetry.name"),
        tuple(f"{table}.{word}" for table in ("project", "tool.poetry") for word in _LISTED),
    ),
    "setup.cfg": (("metadata.name",), ("metadata.description", "metadata.keywords")),
}
# what a description calls a package that others are to call; a package alone may be of one project
_FOR_OTHERS = (
    *("bindings", "extension for ", "extension to ", "extensions for ", "extensions to "),
    *("library for ", "library in ", "library that ", "library to ", "plugin for ", "python library"),
    *("r package", "sdk for ", "toolbox", "toolkit", "wrapper around ", "wrapper for "),
)
# people run these themselves
_OF_PROGRAM = re.compile(r"\b(?:browser|chrome|code|firefox) extensions?\b")
# what stands behind these is what a package is made with
_MADE_WITH = re.compile(r"\b(?:using|uses|with|via|based on|built on|powered by)\b")
_OTHERS = (("package.name",), ("package.description", "package.keywords"))
_is_other = matcher(package_manifests.READS)


class _Manifest(NamedTuple):
    """What one manifest says: its path, lines with names, and lines with other words."""

    path: str
    names: tuple[tuple[int, str], ...]
    words: tuple[tuple[int, str], ...]


def found(catalogue: Catalogue, files: Iterable[FileFacts], *, publishes: bool = False) -> tuple[Evidence, ...]:
    """Return by which words the packages of a repository are about machine learning, or go with a tool of it.

    The manifests of its outermost folders count. Where these are several folders, all that describe themselves must be
    about it: among the connectors of a platform is one for nearly everything. ``publishes``: something is given out
    from here; else a chart in a folder beside other infrastructure is a part of that.
    """
    product = [file for file in files if file.role == "product"]
    manifests = [manifest for file in product for manifest in _manifest(file)]
    if not publishes and _sets_up(product, manifests):
        manifests = [manifest for manifest in manifests if not manifest.path.endswith(f"/{_CHART}")]
    outermost = min((manifest.path.count("/") for manifest in manifests), default=0)
    near = [manifest for manifest in manifests if manifest.path.count("/") == outermost]
    tools = {word: (tool.id, tool.name) for tool, _ in catalogue.tools for word in tool.names}
    told = [tuple(_told(manifest, tools)) for manifest in near]
    if outermost and not all(told):
        return ()
    return tuple(itertools.chain.from_iterable(told))


def _sets_up(files: Iterable[FileFacts], manifests: Iterable[_Manifest]) -> bool:
    """Tell whether files declare infrastructure outside of charts."""
    charts = tuple(m.path.removesuffix(_CHART) for m in manifests if m.path.endswith(f"/{_CHART}"))
    return bool(charts) and any(file.of(Resource) for file in files if not file.path.startswith(charts))


def offered(files: Iterable[FileFacts]) -> Iterator[tuple[str, int]]:
    """Yield path and line where the package of a repository says that it is there for other code to call."""
    roots = (file for file in files if file.role == "product" and "/" not in file.path)
    for manifest in (manifest for file in roots for manifest in _manifest(file)):
        for line, text in manifest.words:
            said = _OF_PROGRAM.sub("", _MADE_WITH.split(f"{text.lower()} ", maxsplit=1)[0])
            if any(word in said for word in _FOR_OTHERS):
                yield manifest.path, line


def _manifest(file: FileFacts) -> Iterator[_Manifest]:
    """Yield the manifest that a file is, if others may take its package."""
    name = file.path.rpartition("/")[2]
    if name == "setup.py":
        yield from _of_setup(file)
        return
    asked, words = _KEYS.get(name) or (_OTHERS if _is_other(name) else ((), ()))
    stated = [(s.line, _without_place(s.key), s.value) for s in file.of(Setting)] if asked else []
    names = tuple((line, value) for line, key, value in stated if key in asked)
    if names and packaged.is_given(file, name):
        yield _Manifest(file.path, names, tuple((line, value) for line, key, value in stated if key in words))


def _of_setup(file: FileFacts) -> Iterator[_Manifest]:
    for call in file.of(Call):
        if call.name in SETUP and "name" in call.arguments:
            said = tuple((call.line, call.arguments[what]) for what in _LISTED if what in call.arguments)
            yield _Manifest(file.path, ((call.line, call.arguments["name"]),), said)


def _without_place(key: str) -> str:
    """Return the key of a list for that of an item: ``keywords`` for ``keywords.2``."""
    whole, _, last = key.rpartition(".")
    return whole if last.isdecimal() else key


def _told(manifest: _Manifest, tools: Mapping[str, tuple[str, str]]) -> Iterator[Evidence]:
    for line, name in manifest.names:
        for identifier, tool in sorted({tools[word] for word in _words(name) if word in tools}):
            detector = f"{identifier}.named-after"
            yield Evidence(detector, manifest.path, line, "strong", _NAMED.format(tool), name)
    for line, text in (*manifest.names, *manifest.words):
        topic = packaged.topic(text)
        if topic:
            detector = "project-metadata.named-after"
            yield Evidence(detector, manifest.path, line, "strong", _ABOUT.format(topic), topic)


def _words(name: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in name.lower()).split()
