"""How a walk through the graph came to a unit: steps are shared by all that they lead to, and listed when asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.chains.graph import Edge, Node
    from mlops_scan.steps import Step

Sources: TypeAlias = Mapping["Node", Sequence[tuple["Node", "Edge"]]]


class Way(NamedTuple):
    """Steps, and the way that leads to them."""

    steps: tuple[Step, ...]
    before: Way | None = None


class Visit(NamedTuple):
    """A unit that is come to, with the way that leads there over how many ``links``, and the event that it knows of."""

    node: Node
    way: Way
    event: str = ""
    links: int = 0

    @property
    def chain(self) -> tuple[Step, ...]:
        """The steps of the way, first to last."""
        parts, way = [], self.way
        while way.before is not None:
            parts.append(way.steps)
            way = way.before
        return way.steps + tuple(step for part in reversed(parts) for step in part)


def sources_of(edges: Mapping[Node, Iterable[Edge]]) -> Sources:
    """Return what runs each unit, with the links that do."""
    found: dict[Node, list[tuple[Node, Edge]]] = defaultdict(list)
    for source, links in edges.items():
        for edge in links:
            found[edge.target].append((source, edge))
    return found
