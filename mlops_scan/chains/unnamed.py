"""Methods that register a model, and that no code of the repository calls by their name.

Frameworks call what they know by its name, or by the class that it comes from: a class of the repository's own, without
bases and decorators, that nobody hands over, has its methods called here or nowhere. No framework knows a method by its
name that registers a model; other acts (`predict`, `load`) may be asked for out of sight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Node
from mlops_scan.facts.kinds import Call, Decorator, Definition, Link, Setting

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from mlops_scan.chains.graph import Builder
    from mlops_scan.evidence import Evidence, FileFacts

_ACT = "registers"
_BY_NAME = "getattr"
_UNKNOWN = "getattr(…)"  # which no name is


def settle(builder: Builder, files: Iterable[FileFacts]) -> None:
    """Let such methods come to no act; where code asks for a name that only its run can know, nothing can be told."""
    paths = {node.path for node, acts in builder.acts.items() if "." in node.unit and _registers(acts)}
    files = tuple(files) if paths else ()
    methods = [node for file in files if file.path in paths for node in _methods(builder, file)]
    said = {name for file in files for name in _said(file)} if methods else set()
    if _UNKNOWN not in said:
        handed = {
            name.rpartition(".")[2] for file in files for fact in file.of(Call) for name in fact.references.values()
        }
        idle = frozenset(node for node in methods if _is_idle(node.unit, said, handed))
        builder.unused = builder.unused.union(idle)
        for node in idle:
            del builder.acts[node]


def _is_idle(unit: str, said: Container[str], handed: Container[str]) -> bool:
    """Tell whether nobody says a method's name, nor hands its class over to what may."""
    owner, _, name = unit.rpartition(".")
    return name not in said and name not in handed and owner not in handed


def _registers(acts: Iterable[Evidence]) -> bool:
    return any(found.act == _ACT for found in acts)


def _methods(builder: Builder, file: FileFacts) -> Iterator[Node]:
    """Yield the methods of plain classes that register."""
    decorated = {fact.unit for fact in file.of(Decorator)}
    classes = {fact.name for fact in file.of(Definition) if fact.kind == "class" and not fact.bases} - decorated
    for fact in file.of(Definition) if file.role == "product" else ():
        node = Node(file.path, fact.name)
        owner, _, name = fact.name.rpartition(".")
        plain = owner in classes and fact.name not in decorated and not name.startswith("__")
        if plain and _registers(builder.acts.get(node, ())):
            yield node


def _said(file: FileFacts) -> Iterator[str]:
    """Yield the names that are called, linked, set or written as a text, and where code makes a name at run time."""
    for fact in file.of(Call):
        yield fact.name.rpartition(".")[2]
        yield from (text.rpartition(".")[2] for text in fact.arguments.values())
        if fact.name == _BY_NAME and not fact.arguments.get("1", _UNKNOWN).isidentifier():
            yield _UNKNOWN
    told = (*(link.target for link in file.of(Link)), *(setting.value for setting in file.of(Setting)))
    yield from (text.replace(":", ".").rpartition(".")[2] for text in told)
