"""The way from every unit to the nearest of some acts, found at once: from the acts backwards.

It is the way that `Graph.reach` takes first when no event is known, for all units in the time that it takes for one.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.graph import MAX_LINKS, Reached, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mlops_scan.chains.graph import Edge, Graph, Node
    from mlops_scan.evidence import Evidence


class Nearest(NamedTuple):
    """What units come to first: an act of their own, by ``acts``, or along the link in ``links``."""

    acts: dict[Node, Evidence]
    links: dict[Node, Edge]

    def leads(self, node: Node) -> bool:
        """Tell whether a unit comes to one of the acts."""
        return node in self.acts or node in self.links

    def of(self, node: Node, before: tuple[Step, ...] = ()) -> Reached | None:
        """Return the nearest act of a unit, with the chain that leads there after some steps."""
        steps = list(before)
        while node in self.links:
            steps.append(self.links[node].step)
            node = self.links[node].target
        evidence = self.acts.get(node)
        if evidence is None:
            return None
        step = Step(evidence.path, evidence.line, f"{evidence.act}: {evidence.what}")
        return Reached(evidence, (*steps, step))


def nearest(graph: Graph, is_wanted: Callable[[Evidence], bool], *, answers: bool = False) -> Nearest:
    """Return the way from every unit to the nearest of the wanted acts; ``answers`` as in `Graph.walk`."""
    ends = functools.cache(lambda node: graph.ends(node, ""))
    acts = ((node, found) for node, acts in graph.acts.items() for found in reversed(acts))
    done = {node: found for node, found in acts if is_wanted(found) and found.line < ends(node)}
    links: dict[Node, Edge] = {}
    level: Iterable[Node] = done
    for _ in range(MAX_LINKS):
        further: dict[Node, Edge] = {}
        for node in level:
            for source, edge in graph.sources.get(node, ()):
                before = further.get(source)
                follows = (answers or not edge.answers) and source not in done and source not in links
                if follows and (before is None or _order(edge) < _order(before)) and edge.step.line < ends(source):
                    further[source] = edge
        links.update(further)
        level = further
    return Nearest(done, links)


def _order(edge: Edge) -> tuple[int, Node]:
    return edge.step.line, edge.target
