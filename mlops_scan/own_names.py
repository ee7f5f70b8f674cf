"""The names that a repository publishes itself under: a tool is not its own user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.catalogue import Catalogue
    from mlops_scan.evidence import FileFacts
    from mlops_scan.spec import Tool

# the files that say under which name a package is published, with the keys that say it
_PROJECT_NAMES = {
    "pyproject.toml": frozenset({"project.name", "tool.poetry.name"}),
    "setup.cfg": frozenset({"metadata.name"}),
    "DESCRIPTION": frozenset({"Package"}),
    "Project.toml": frozenset({"name"}),
}
SETUP = frozenset({"setuptools.setup", "distutils.core.setup"})


def own_tools(catalogue: Catalogue, files: Iterable[FileFacts], *, anywhere: bool = False) -> tuple[Tool, ...]:
    """Return the tools of the catalogue that the repository itself develops, by the names it publishes under.

    ``anywhere``: also those of packages that lie in folders of their own.
    """
    own = own_names(files, anywhere=anywhere)
    return tuple(tool for tool, _ in catalogue.tools if own & names_of(tool))


def names_of(tool: Tool) -> frozenset[str]:
    """Return the names that a tool is published under: its packages, else the one that it is known by.

    What only is called like a product (``snowflake-ml``, ``vertex-ai``) may be a project that uses it.
    """
    return frozenset(tool.packages or (tool.id,))


def own_names(files: Iterable[FileFacts], *, anywhere: bool = False) -> frozenset[str]:
    """Return the names under which the repository publishes itself: a tool is not its own user."""
    return frozenset(name.lower().replace("_", "-") for _, _, name in published(files, anywhere=anywhere))


def published(files: Iterable[FileFacts], *, anywhere: bool = False) -> Iterator[tuple[str, int, str]]:
    """Yield path and line where the repository says under which name it publishes itself, with that name."""
    for file in files:
        if "/" in file.path and not (anywhere and file.role == "product"):
            continue
        keys = _PROJECT_NAMES.get(file.path.rpartition("/")[2], frozenset())
        says = keys or any(call.name in SETUP for call in file.of(kinds.Call))
        for fact in file.facts if says else ():
            if isinstance(fact, kinds.Setting) and fact.key in keys:
                yield file.path, fact.line, fact.value
            if isinstance(fact, kinds.Call) and fact.name in SETUP and "name" in fact.arguments:
                yield file.path, fact.line, fact.arguments["name"]
