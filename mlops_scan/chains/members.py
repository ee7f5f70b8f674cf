"""The members of a file: its units, functions, classes and objects, by their names in it."""

from __future__ import annotations

import functools
import posixpath
from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Node
from mlops_scan.facts.kinds import Call, Definition, Import, Link, Unit
from mlops_scan.facts.python_constructs import declares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.evidence import FileFacts

CODE = (".py", ".ipynb")
PACKAGE = "/__init__.py"
_OWN = frozenset({"self", "cls"})


@functools.lru_cache(maxsize=4096)
def own(path: str) -> str:
    """Return what the dotted names of a file begin with."""
    return posixpath.splitext(path)[0].removesuffix("/__init__").replace("/", ".") + "."


def member(path: str, name: str, known: frozenset[str]) -> Node | None:
    """Return the unit of a file that is named so, taking off what hangs on it (``flow.serve`` → ``flow``)."""
    while name:
        if name in known:
            return Node(path, f"{name}.__init__" if f"{name}.__init__" in known else name)
        name, _, last = name.rpartition(".")
        if name and f"{name}.self.{last}" in known:
            return Node(path, f"{name}.self.{last}")
    return None


def answering(made: Node, known: frozenset[str]) -> tuple[Node, ...]:
    """Return what an object of a class runs when it is called itself, where its class says that."""
    name = f"{made.unit.removesuffix('.__init__')}.__call__"
    return (Node(made.path, name),) if name in known else ()


def members(file: FileFacts) -> frozenset[str]:
    """Return the names of what a file holds."""
    return frozenset(_members(file))


def _members(file: FileFacts) -> Iterator[str]:
    yield from (owner for fact in file.of(Call) for owner in fact.owners)
    yield from (fact.name for fact in file.of(Unit))
    declaring = any(declares(f"{found.name}.") for found in file.of(Import))
    for fact in file.of(Definition):
        if fact.kind != "module":
            yield fact.name
            parameters = fact.parameters if declaring else ()
            yield from (f"{fact.name}.{parameter}" for parameter in parameters if parameter not in _OWN)
    if file.path.endswith(CODE):
        parts = (link.unit for link in file.of(Link) if link.kind == "unit")
        yield from (part for part in parts if not part.endswith(".__init__"))  # a class that writes none has none
