"""Units, links and acts as one graph, and how far a unit reaches in it."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.evidence import Evidence

MAX_REACH = 4000


class Step(msgspec.Struct, frozen=True):
    """One place of a chain, and what happens there."""

    path: str
    line: int
    what: str


class Node(NamedTuple):
    """A unit: the file and the unit's name in it; the empty name is the file run as a whole."""

    path: str
    unit: str


class Edge(NamedTuple):
    """A link from a unit to what it runs; ``step`` is where and how."""

    target: Node
    step: Step


class Start(NamedTuple):
    """A trigger with the units that it starts; ``event`` as in `kinds.Trigger`."""

    event: str
    step: Step
    nodes: tuple[Node, ...]


class Reached(NamedTuple):
    """An act that a unit comes to, with the chain that leads there (the act's own place last)."""

    evidence: Evidence
    chain: tuple[Step, ...]


class Graph(NamedTuple):
    """Everything that runs in a repository, and how one thing starts another."""

    edges: dict[Node, tuple[Edge, ...]]
    acts: dict[Node, tuple[Evidence, ...]]
    starts: tuple[Start, ...]
    kinds: dict[Node, str]
    off: dict[Node, str]

    def reach(self, nodes: Iterable[Node], before: tuple[Step, ...] = ()) -> Iterator[Reached]:
        """Yield the acts that the nodes come to, nearest first, each with the shortest chain.

        Cycles end where they began, and at most `MAX_REACH` units are visited.
        """
        queue = deque((node, before) for node in nodes)
        seen = {node for node, _ in queue}
        while queue and len(seen) < MAX_REACH:
            node, chain = queue.popleft()
            for evidence in self.acts.get(node, ()):
                step = Step(evidence.path, evidence.line, f"{evidence.act}: {evidence.what}")
                yield Reached(evidence, (*chain, step))
            for edge in self.edges.get(node, ()):
                if edge.target not in seen:
                    seen.add(edge.target)
                    queue.append((edge.target, (*chain, edge.step)))

    def acts_reached(self, node: Node) -> dict[str, Reached]:
        """Return, for each kind of act that a unit comes to, the nearest one."""
        found: dict[str, Reached] = {}
        for reached in self.reach((node,)):
            found.setdefault(reached.evidence.act, reached)
        return found


class Builder:
    """Collects edges, acts and starts while the files are gone through."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.edges: dict[Node, list[Edge]] = defaultdict(list)
        self.acts: dict[Node, list[Evidence]] = defaultdict(list)
        self.starts: list[Start] = []
        self.kinds: dict[Node, str] = {}
        self.off: dict[Node, str] = {}

    def link(self, source: Node, target: Node, step: Step) -> None:
        """Say that one unit runs another."""
        if source != target:
            self.edges[source].append(Edge(target, step))

    def graph(self) -> Graph:
        """Return the finished graph, links in order of line."""
        return Graph(
            {
                node: tuple(sorted(edges, key=lambda edge: (edge.step.line, edge.target)))
                for node, edges in self.edges.items()
            },
            {node: tuple(acts) for node, acts in self.acts.items()},
            tuple(self.starts),
            self.kinds,
            self.off,
        )
