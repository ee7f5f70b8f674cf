"""Dependencies declared in documents: pyproject.toml in every flavour, setup.cfg, Pipfile, conda, Julia."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Dependency
from mlops_scan.facts.requirements import dependency, normal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.node import Node

_Ways = tuple[tuple[tuple[str, ...], str], ...]
_LISTS: _Ways = (
    (("project", "dependencies"), ""),
    (("build-system", "requires"), "build"),
    (("tool", "uv", "dev-dependencies"), "dev"),
)
_TABLES: _Ways = (
    (("tool", "poetry", "dependencies"), ""),
    (("tool", "poetry", "dev-dependencies"), "dev"),
    (("tool", "pixi", "dependencies"), ""),
    (("tool", "pixi", "pypi-dependencies"), ""),
)
_GROUPS: tuple[tuple[str, ...], ...] = (
    ("project", "optional-dependencies"),
    ("dependency-groups",),
    ("tool", "pdm", "dev-dependencies"),
)
_EXACT = frozenset("0123456789=")


def facts(path: str, document: Node) -> Iterator[Dependency]:
    """Yield the packages that a document declares."""
    name = posixpath.basename(path)
    if name in {"pyproject.toml", "hatch.toml", "pixi.toml"}:
        yield from _pyproject(document)
    elif name == "setup.cfg":
        yield from _text_list(document.get("options", "install_requires"), "")
        extras = document.get("options.extras_require")
        for group, listed in (extras.mapping if extras else {}).items():
            yield from _text_list(listed, group)
    elif name == "Pipfile":
        yield from _table(document.get("packages"), "")
        yield from _table(document.get("dev-packages"), "dev")
    elif name in {"Project.toml", "JuliaProject.toml"}:
        deps = document.get("deps")
        yield from (Dependency(n.line, normal(k)) for k, n in (deps.mapping if deps else {}).items())
    elif name.endswith((".yml", ".yaml")):
        yield from _conda(document)


def _pyproject(document: Node) -> Iterator[Dependency]:
    for way, group in _LISTS:
        yield from _list(document.get(*way), group)
    for way, group in (*_TABLES, (("dependencies",), ""), (("pypi-dependencies",), "")):
        yield from _table(document.get(*way), group)
    for way in _GROUPS:
        groups = document.get(*way)
        for group, listed in (groups.mapping if groups else {}).items():
            yield from _list(listed, group)
    poetry = document.get("tool", "poetry", "group")
    for group, table in (poetry.mapping if poetry else {}).items():
        yield from _table(table.get("dependencies"), group)
    environments = document.get("tool", "hatch", "envs")
    for group, table in (environments.mapping if environments else {}).items():
        yield from _list(table.get("dependencies"), group)


def _list(node: Node | None, group: str) -> Iterator[Dependency]:
    for item in node.items if node else ():
        fact = dependency(item.text, item.line, group) if item.text else None
        if fact is not None:
            yield fact


def _text_list(node: Node | None, group: str) -> Iterator[Dependency]:
    for number, line in enumerate(node.text.split("\n") if node else ()):
        fact = dependency(line, (node.line if node else 0) + number, group) if line.strip() else None
        if fact is not None:
            yield fact


def _table(node: Node | None, group: str) -> Iterator[Dependency]:
    """Yield packages of a table of versions; ``python`` itself is none."""
    for name, value in (node.mapping if node else {}).items():
        version = value.text or value.said("version")
        if name != "python":
            exact = bool(version) and version[0] in _EXACT and "*" not in version and "," not in version
            yield Dependency(value.line, normal(name), version, exact, group=group)


def _conda(document: Node) -> Iterator[Dependency]:
    """Yield the packages of a conda environment: ``name=version=build``, with a list for pip inside."""
    listed = document.get("dependencies")
    if listed is None or not isinstance(listed.value, tuple) or not (document.get("channels") or document.get("name")):
        return
    for item in listed.items:
        if item.text:
            name, _, version = item.text.partition("=")
            if name.strip() not in {"python", "pip"} and not any(c in name for c in "<>! /{"):
                yield Dependency(item.line, normal(name.rpartition("::")[2]), version, version.strip("=")[:1].isdigit())
            elif ">" in name or "<" in name:
                yield Dependency(item.line, normal(name.replace("<", ">").partition(">")[0]), item.text)
        yield from _list(item.get("pip"), "")
