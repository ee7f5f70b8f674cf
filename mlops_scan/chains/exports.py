"""Names that a package takes from its modules, so that others can ask the package for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Import

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.evidence import FileFacts

PACKAGE = "__init__.py"


def exports(files: Iterable[FileFacts]) -> dict[str, dict[str, str]]:
    """Return, by the package's file, the names that it takes from elsewhere, each with its whole dotted name."""
    return {
        file.path: {fact.name.rpartition(".")[2]: fact.name for fact in file.of(Import) if "." in fact.name}
        for file in files
        if file.path.rpartition("/")[2] == PACKAGE
    }
