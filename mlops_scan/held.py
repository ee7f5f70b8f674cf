"""What modules of a repository hold at their top: objects that others import, and what functions give back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Call, Definition, Import

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.evidence import FileFacts

_CODE = (".py", ".ipynb")
_ALL = "*"


def held(files: Iterable[FileFacts]) -> dict[str, dict[str, str]]:
    """Return by file the names that may stand for something of another file or tool, with the dotted name of that."""
    found: dict[str, dict[str, str]] = {}
    for file in files:
        names = file.once(_names) if file.path.endswith(_CODE) else {}
        if names:
            found[file.path] = names
    return found


def _names(file: FileFacts) -> dict[str, str]:
    names: dict[str, str] = {}
    for fact in file.of(Import):
        if not fact.unit and fact.alias != _ALL:
            names[fact.alias or fact.name.rpartition(".")[2]] = fact.name
    for function in file.of(Definition):
        if function.returns:
            names[function.name] = function.returns
    objects: dict[str, str] = {}
    for call in file.of(Call):
        if call.owners and not call.unit and not call.asked and not call.name.startswith("."):
            objects.setdefault(call.owners[-1], call.name)
    return {**names, **objects}
