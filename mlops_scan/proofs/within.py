"""What a unit does and starts within some of its lines, and what that comes to: nothing is gone through twice."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mlops_scan.chains import Reached, Step
from mlops_scan.chains.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mlops_scan.chains import Edge, Graph, Node
    from mlops_scan.chains.nearest import Nearest
    from mlops_scan.evidence import Evidence

_T = TypeVar("_T")
Wanted = frozenset[str]


class Within(NamedTuple):
    """A graph with what was asked of it before.

    ``ways`` lead to the nearest of some acts; ``named`` are the links of a unit by the last name of what they lead to,
    the first to each; ``answers`` what one of them comes to; ``acts`` some acts of a unit, and ``links`` those of a
    unit that come to some, in order of line; ``lines`` those on which a unit may do some, in order.
    """

    graph: Graph
    ways: dict[Wanted, Nearest]
    named: dict[Node, dict[str, list[Edge]]]
    answers: dict[tuple[Node, str, Wanted, Wanted], Reached | None]
    acts: dict[tuple[Node, Wanted], list[Evidence]]
    links: dict[tuple[Node, Wanted], list[Edge]]
    lines: dict[tuple[Node, Wanted], list[int]]

    def answer(self, node: Node, name: str, wanted: Wanted, never: Wanted) -> Reached | None:
        """Return what a function that a unit calls by a name comes to of some acts, if it cannot come to others."""
        key = node, name, wanted, never
        if key not in self.answers:
            called = (edge for edge in self._named(node).get(name, ()) if not self._may(edge.target, never))
            found = (self.comes_to(edge, wanted) for edge in called)
            self.answers[key] = next(filter(None, found), None)
        return self.answers[key]

    def called(self, node: Node, name: str) -> Iterator[Node]:
        """Yield the functions that a unit calls by a name."""
        yield from (edge.target for edge in self._named(node).get(name, ()))

    def first_between(self, node: Node, first: int, last: int, wanted: Wanted) -> Reached | None:
        """Return the first of some acts that a unit does on some of its lines, else what it starts there comes to."""
        key = node, wanted
        if key not in self.acts:
            way, end = self._way(wanted), self.graph.ends(node, "")
            done = (found for found in self.graph.acts.get(node, ()) if found.act in wanted and found.line < end)
            self.acts[key] = sorted(done, key=_line)
            own = (edge for edge in self.graph.edges.get(node, ()) if edge.step.path == node.path)
            self.links[key] = [edge for edge in own if way.leads(edge.target)]
        evidence = _first(self.acts[key], first, last, _line)
        if evidence:
            return Reached(evidence, (Step(evidence.path, evidence.line, f"{evidence.act}: {evidence.what}"),))
        edge = _first(self.links[key], first, last, _step_line)
        return self.comes_to(edge, wanted) if edge else None

    def comes_to(self, edge: Edge, wanted: Iterable[str]) -> Reached | None:
        """Return the nearest act of some that a link comes to, with the chain from the link on."""
        return self._way(frozenset(wanted)).of(edge.target, (edge.step,))

    def started(self, node: Node, first: int, last: int) -> Sequence[Edge]:
        """Return the links of a unit on some of its lines."""
        return between(self.graph.edges.get(node, ()), first, last)

    def next_line(self, node: Node, wanted: Iterable[str], after: int = 0) -> int | None:
        """Return the first line behind some line on which a unit does one of some acts, or starts what may do it."""
        key = node, frozenset(wanted)
        if key not in self.lines:
            done = (found.line for found in self.graph.acts.get(node, ()) if found.act in key[1])
            own = (edge for edge in self.graph.edges.get(node, ()) if edge.step.path == node.path)
            self.lines[key] = sorted((*done, *(edge.step.line for edge in own if self._may(edge.target, key[1]))))
        place = bisect_right(self.lines[key], after)
        return self.lines[key][place] if place < len(self.lines[key]) else None

    def _way(self, wanted: Wanted) -> Nearest:
        if wanted not in self.ways:
            self.ways[wanted] = nearest(self.graph, lambda found: found.act in wanted)
        return self.ways[wanted]

    def _named(self, node: Node) -> dict[str, list[Edge]]:
        if node not in self.named:
            found: dict[str, dict[Node, Edge]] = defaultdict(dict)
            for edge in self.graph.edges.get(node, ()):
                found[edge.target.unit.rpartition(".")[2]].setdefault(edge.target, edge)
            self.named[node] = {last: list(edges.values()) for last, edges in found.items()}
        return self.named[node]

    def _may(self, node: Node, wanted: Wanted) -> bool:
        return bool(wanted) and self.graph.may_reach(node, (wanted,))


def within(graph: Graph) -> Within:
    """Return a graph of which nothing was asked yet."""
    return Within(graph, {}, {}, {}, {}, {}, {})


def between(edges: Sequence[Edge], first: int, last: int) -> Sequence[Edge]:
    """Return the links on some lines, of those that are in order of line."""
    return edges[bisect_left(edges, first, key=_step_line) : bisect_right(edges, last, key=_step_line)]


def _line(evidence: Evidence) -> int:
    return evidence.line


def _step_line(edge: Edge) -> int:
    return edge.step.line


def _first(found: Sequence[_T], first: int, last: int, line: Callable[[_T], int]) -> _T | None:
    """Return the first that is on some lines, of what is in order of line."""
    place = bisect_left(found, first, key=line)
    return found[place] if place < len(found) and line(found[place]) <= last else None
