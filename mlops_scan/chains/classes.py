"""Classes: whose methods a serving framework calls by their names, and what constructors they have from others.

A framework makes an object of a class that serves, and calls ``setup``, ``predict`` and whatever else it knows; no code
of the repository does. A class without a constructor of its own is made by that of the class it is made from.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mlops_scan.chains import objects
from mlops_scan.chains.graph import Node, Step
from mlops_scan.facts.kinds import Definition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import FileFacts

_SERVES = "serves"
_MAKES = "__init__"


def settle(builder: Builder, files: Iterable[FileFacts], known: Places) -> None:
    """Link classes that serve to their methods, and classes to those of the repository that they are made from."""
    classes = {
        Node(file.path, fact.name): (file, fact)
        for file in files
        if file.role == "product"
        for fact in file.of(Definition)
        if fact.kind == "class"
    }
    bases = {node: tuple(_bases(node, fact, known)) for node, (_, fact) in classes.items() if fact.bases}
    for node, above in bases.items():
        for base in above:
            step = Step(node.path, classes[node][1].line, f"is a {base.unit.removesuffix(f'.{_MAKES}')}")
            builder.link(node, base, step, calls=True)
    serving = _serving(builder, classes, bases)
    for node, method in _methods((file for file, _ in classes.values()), serving):
        target, step = Node(node.path, method.name), Step(node.path, method.line, f"answers with {method.name}")
        builder.link(node, target, step, calls=True, answers=True)
        builder.link(Node(node.path, f"{node.unit}.{_MAKES}"), target, step, calls=True, answers=True)


def _serving(builder: Builder, classes: Iterable[Node], bases: dict[Node, tuple[Node, ...]]) -> frozenset[Node]:
    """Return the classes that serve or that addresses lead to, with those that they are made from, and the reverse."""
    made_from: dict[Node, list[Node]] = defaultdict(list)
    for node, above in bases.items():
        for base in above:
            made_from[_whole(base)].append(node)
    known = frozenset(classes)
    routed = {_whole(node) for node in builder.routed}
    found = [node for node in known if node in routed or any(act.act == _SERVES for act in builder.acts.get(node, ()))]
    seen = set(found)
    for node in found:  # which grows while it is gone through
        beside = (*made_from.get(node, ()), *map(_whole, bases.get(node, ())))
        found.extend(other for other in beside if other in known and other not in seen)
        seen.update(beside)
    return known & seen


def _bases(node: Node, fact: Definition, known: Places) -> Iterator[Node]:
    found = (objects.named(name, node.path, known) for name in fact.bases)
    yield from (base for base in found if base is not None and base != node)


def _whole(constructor: Node) -> Node:
    return constructor._replace(unit=constructor.unit.removesuffix(f".{_MAKES}"))


def _methods(files: Iterable[FileFacts], owners: frozenset[Node]) -> Iterator[tuple[Node, Definition]]:
    """Yield the methods of some classes, each with its class."""
    for file in {file.path: file for file in files}.values() if owners else ():
        for fact in file.of(Definition):
            owner = Node(file.path, fact.name.rpartition(".")[0])
            if fact.kind == "function" and owner in owners:
                yield owner, fact
