"""Components that no pipeline uses: functions made for one, which nothing in the repository calls, imports or keeps.

A component that others know by a name of its own (a file that it is written to, an asset) may be used out of sight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.chains.graph import Node
from mlops_scan.chains.members import CODE
from mlops_scan.facts.kinds import Definition, Import, Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.graph import Builder, Graph
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import Evidence, FileFacts

_COMPONENT = "stage"
_PACKAGE = "__init__.py"


def settle(builder: Builder, files: Iterable[FileFacts], known: Places) -> None:
    """Let components that nothing uses come to no act; a test is no user."""
    product = [file for file in files if file.role == "product"]
    components = {node for file in product for node in _components(builder, file)}
    if components:
        code = {file.path for file in product}
        used = {edge.target for source, edges in builder.edges.items() if source.path in code for edge in edges}
        used.update(node for file in product for node in _named(file, known))
        builder.unused = frozenset(components - used)
        for node in [node for node in builder.acts if _within(node, builder.unused)]:
            del builder.acts[node]


def weakened(graph: Graph, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence, weak in unused components, of hollow pipelines, and of tests that are not there."""
    if not (graph.unused or graph.hollow or graph.vain):
        return tuple(evidence)
    return tuple(
        msgspec.structs.replace(found, strength="weak") if _idle(found, graph) else found for found in evidence
    )


def _idle(found: Evidence, graph: Graph) -> bool:
    node = Node(found.path, found.unit)
    if (found.path, found.line, found.what) in graph.vain:
        return True
    return found.path in graph.hollow or node in graph.unused or _within(node, graph.unused)


def _components(builder: Builder, file: FileFacts) -> Iterator[Node]:
    """Yield the functions of a module that are components; what stands in a class or function belongs to that."""
    if not file.path.endswith(CODE) or not any(unit.kind == _COMPONENT for unit in file.of(Unit)):
        return
    elsewhere = {unit.name for unit in file.of(Unit) if unit.alias}
    for fact in file.of(Definition):
        node = Node(file.path, fact.name)
        function = fact.kind == "function" and "." not in fact.name and fact.name not in elsewhere
        if function and builder.kinds.get(node) == _COMPONENT:
            yield node


def _named(file: FileFacts, known: Places) -> Iterator[Node]:
    """Yield what a file imports, except to hand it on, and the functions that it keeps to be called later."""
    if not file.path.endswith(CODE):
        return
    for fact in file.of(Import) if not file.path.endswith(_PACKAGE) else ():
        node = known.function(fact.name, file.path)
        if node is not None:
            yield node
    yield from (Node(file.path, link.target) for link in file.of(Link) if link.kind == "kept")


def _within(node: Node, components: frozenset[Node]) -> bool:
    return bool(components) and Node(node.path, node.unit.partition(".")[0]) in components
