"""What modules hold at their top: objects that others import, what functions give back, what classes are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Call, Definition, Import

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.evidence import FileFacts

_CODE = (".py", ".ipynb")
_ALL = "*"
# what classes are made from to be told apart
_GIVING_NONE = ("abc.", "typing.")


def held(files: Iterable[FileFacts]) -> dict[str, dict[str, str]]:
    """Return by file the names that may stand for something of another file or tool, with the dotted name of that.

    A class stands for the first that it is made from, its own members for nothing else.
    """
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
    made = {fact.name: base for fact in file.of(Definition) if (base := _made_from(fact))}
    for one in file.of(Definition):
        known = one.returns or made.get(one.name) or ("" if one.name.rpartition(".")[0] in made else None)
        if known is not None:
            names[one.name] = known
    objects: dict[str, str] = {}
    for call in file.of(Call):
        if call.owners and not call.unit and not call.asked and not call.name.startswith("."):
            objects.setdefault(call.owners[-1], call.name)
    return {**names, **objects}


def _made_from(made: Definition) -> str:
    """Return the first class that gives a class members, where it is known."""
    return next((base for base in made.bases if not base.startswith((".", *_GIVING_NONE))), "")
