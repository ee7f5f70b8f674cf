"""Units, links and acts as one graph, and how far a unit reaches in it."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.ways import Visit, Way, sources_of
from mlops_scan.steps import Step as Step  # noqa: PLC0414 - part of the graph

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mlops_scan.chains.ways import Sources
    from mlops_scan.evidence import Evidence

MAX_REACH = 4000
# no reader follows a chain of more links; of many that start along one, each would be told link by link
MAX_LINKS = 100
NEVER = 10**9
# units whose steps run one after the other until one fails
_FAILING = frozenset({"job", "step", "workflow"})


class Node(NamedTuple):
    """A unit: the file and the unit's name in it; the empty name is the file run as a whole."""

    path: str
    unit: str


class Edge(NamedTuple):
    """A link from a unit to what it runs; ``step`` is where and how, ``calls`` whether code calls code.

    ``answers``: a program runs this only when somebody asks it to, as a service does. ``event`` is what the target is
    started by where that is not what started the unit: a workflow that another one starts knows of that only.
    ``beside``: it goes on in the background while the unit runs what follows.
    """

    target: Node
    step: Step
    calls: bool = False
    answers: bool = False
    event: str = ""
    beside: bool = False


class Span(NamedTuple):
    """Lines of a file, from the first to the last, or of one line only the step that does ``what``."""

    path: str
    first: int
    last: int
    what: str = ""

    def holds(self, step: Step) -> bool:
        """Tell whether a step is one of them."""
        inside = self.path == step.path and self.first <= step.line <= self.last
        return inside and self.what in {"", step.what}


class Start(NamedTuple):
    """A trigger with the units that it starts; ``event`` and ``detail`` as in `kinds.Trigger`."""

    event: str
    step: Step
    nodes: tuple[Node, ...]
    detail: str = ""


class DeadEnd(NamedTuple):
    """Where a unit starts something that the repository does not have, and why the chain ends there.

    ``sure``: nothing in the file around could bring it.
    """

    step: Step
    reason: str
    sure: bool = False


class Missing(NamedTuple):
    """What a command starts and the repository does not have; ``sure`` where it cannot come from elsewhere either.

    ``file`` is its path where another command may make it.
    """

    reason: str
    sure: bool
    file: str = ""


class Reached(NamedTuple):
    """An act that a unit comes to, with the chain that leads there (the act's own place last)."""

    evidence: Evidence
    chain: tuple[Step, ...]


class Graph(NamedTuple):
    """Everything that runs in a repository, and how one thing starts another.

    ``off`` says why no trigger starts a unit by itself, ``only`` which events do where a condition leaves others out
    (of a unit that is off: those that a person or another workflow sends), ``dead`` where a unit starts what is not
    there, and ``broken`` on which line such a step ends the unit. ``leads`` are the kinds of acts that a unit can come
    to at all, whatever starts it, ``sources`` the units that run each and their links, ``lines`` where a unit is
    declared, ``unused`` the components that nothing runs, ``hollow`` the files whose pipeline is not there, or
    whose tests cannot begin, ``vain`` the commands (path, line, what they run) that run tests where there are none.
    """

    edges: dict[Node, tuple[Edge, ...]]
    acts: dict[Node, tuple[Evidence, ...]]
    starts: tuple[Start, ...]
    kinds: dict[Node, str]
    off: dict[Node, str]
    only: dict[Node, frozenset[str]]
    dead: dict[Node, tuple[DeadEnd, ...]]
    broken: dict[Node, int]
    leads: dict[Node, frozenset[str]]
    sources: Sources
    lines: dict[Node, int]
    unused: frozenset[Node]
    hollow: frozenset[str]
    vain: frozenset[tuple[str, int, str]]

    def walk(
        self,
        nodes: Iterable[Node],
        before: tuple[Step, ...] = (),
        event: str = "",
        *,
        answers: bool = False,
        to: Collection[Node] | None = None,
        without: Collection[Span] = (),
    ) -> Iterator[Visit]:
        """Yield the units that the nodes come to, themselves first, nearest first, each with the shortest chain.

        With an ``event``, units whose conditions leave it out are passed by; only with ``answers`` does a service come
        to what it does when asked; ``to`` are the only units to visit, and links on lines ``without`` which to walk are
        not followed. Cycles end where they began, and at most `MAX_REACH` units are visited, each over at most
        `MAX_LINKS` links.
        """
        queue = deque(Visit(node, Way(before), event) for node in dict.fromkeys(nodes) if self.starts_on(node, event))
        seen = {(visit.node, event) for visit in queue}
        told: set[Node] = set()
        while queue and len(told) < MAX_REACH:
            visit = queue.popleft()
            if visit.node not in told:
                told.add(visit.node)
                yield visit
            for edge in self._followed(visit, answers=answers) if visit.links < MAX_LINKS else ():
                now = edge.event if visit.event and edge.event else visit.event
                asked = (to is None or edge.target in to) and (edge.target, now) not in seen
                if asked and self.starts_on(edge.target, now) and not (without and _among(edge.step, without)):
                    seen.add((edge.target, now))
                    queue.append(Visit(edge.target, Way((edge.step,), visit.way), now, visit.links + 1))

    def _followed(self, visit: Visit, *, answers: bool) -> Iterator[Edge]:
        """Yield the links of a unit up to where it ends."""
        last = self.ends(visit.node, visit.event)
        for edge in self.edges.get(visit.node, ()):
            if edge.step.line < last and (answers or not edge.answers):
                yield edge

    def reach(
        self,
        nodes: Iterable[Node],
        before: tuple[Step, ...] = (),
        event: str = "",
        *,
        answers: bool = False,
        without: Collection[Span] = (),
    ) -> Iterator[Reached]:
        """Yield the acts that the nodes come to, nearest first, each with the shortest chain; see `walk`."""
        for visit in self.walk(nodes, before, event, answers=answers, to=self.leads, without=without):
            acts = self.acts.get(visit.node)
            last = self.ends(visit.node, visit.event) if acts else 0
            chain = visit.chain if acts else ()
            for evidence in acts or ():
                if evidence.line < last:
                    step = Step(evidence.path, evidence.line, f"{evidence.act}: {evidence.what}")
                    if not (without and _among(step, without)):
                        yield Reached(evidence, (*chain, step))

    def may_reach(self, node: Node, items: Iterable[Collection[str]]) -> bool:
        """Tell quickly whether a unit could come to an act of every item; where it says no, `reach` finds none."""
        leads = self.leads.get(node, frozenset())
        return all(not leads.isdisjoint(item) for item in items)

    def ends(self, node: Node, event: str) -> int:
        """Return the line on which a unit fails when an event starts it: one of its own, or of a step that it runs."""
        last = self.broken.get(node, NEVER)
        for edge in self.edges.get(node, ()) if self.kinds.get(node) == "job" and self.broken else ():
            if self.kinds.get(edge.target) == "step" and self.starts_on(edge.target, event):
                last = min(last, self.broken.get(edge.target, NEVER))
        return last

    def starts_on(self, node: Node, event: str) -> bool:
        """Tell whether a unit's conditions let an event (any, where it is empty) start it."""
        only = self.only.get(node)
        return not event or (node not in self.off if only is None else event in only)


def _among(step: Step, spans: Collection[Span]) -> bool:
    return any(span.holds(step) for span in spans)


class Message(NamedTuple):
    """An event that a unit sends, or the name of a workflow that it starts; ``kind`` as in `kinds.Link`."""

    source: Node
    step: Step
    kind: str
    name: str
    tolerated: bool = True


class Builder:
    """Collects edges, acts and starts while the files are gone through."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.edges: dict[Node, list[Edge]] = defaultdict(list)
        self.acts: dict[Node, list[Evidence]] = defaultdict(list)
        self.starts: list[Start] = []
        self.kinds: dict[Node, str] = {}
        self.lines: dict[Node, int] = {}
        self.off: dict[Node, str] = {}
        self.only: dict[Node, frozenset[str]] = {}
        self.dead: dict[Node, list[DeadEnd]] = defaultdict(list)
        self.broken: dict[Node, int] = {}
        self.stopped: set[Node] = set()
        self.runs: dict[str, dict[tuple[Node, int], list[str]]] = defaultdict(dict)
        self.sent: list[Message] = []
        self.routed: set[Node] = set()
        self.asked: dict[tuple[Node, Node], Step] = {}
        self.given: dict[Node, list[tuple[Node, Step]]] = defaultdict(list)
        self.unused: frozenset[Node] = frozenset()
        self.hollow: frozenset[str] = frozenset()
        self.vain: frozenset[tuple[str, int, str]] = frozenset()

    def link(
        self,
        source: Node,
        target: Node,
        step: Step,
        *,
        calls: bool = False,
        answers: bool = False,
        event: str = "",
        beside: bool = False,
    ) -> None:
        """Say that one unit runs another; see `Edge`."""
        if source != target:
            self.edges[source].append(Edge(target, step, calls, answers, event, beside))

    def end(self, source: Node, step: Step, reason: str, *, tolerated: bool = False, sure: bool = False) -> None:
        """Say that a unit starts what is not there; a CI job fails at such a step, unless that is tolerated."""
        self.dead[source].append(DeadEnd(step, reason, sure))
        if self.kinds.get(source) in _FAILING and not tolerated:
            self.broken[source] = min(step.line, self.broken.get(source, NEVER))

    def graph(self) -> Graph:
        """Return the finished graph, links in order of line."""
        edges = {
            node: tuple(sorted(edges, key=lambda edge: (edge.step.line, edge.target)) if edges[1:] else edges)
            for node, edges in self.edges.items()
        }
        sources = sources_of(edges)
        return Graph(
            edges,
            {node: tuple(acts) for node, acts in self.acts.items()},
            tuple(self.starts),
            self.kinds,
            self.off,
            self.only,
            {node: tuple(ends) for node, ends in self.dead.items()},
            self.broken,
            self.leads(sources),
            sources,
            self.lines,
            self.unused,
            self.hollow,
            self.vain,
        )

    def leads(self, sources: Sources | None = None) -> dict[Node, frozenset[str]]:
        """Return the kinds of acts that each unit can come to: carried backwards along the links."""
        sources = sources_of(self.edges) if sources is None else sources
        leads = {node: frozenset(found.act for found in acts) for node, acts in self.acts.items()}
        waiting = list(leads)
        while waiting:
            node = waiting.pop()
            for source, _ in sources.get(node, ()):
                known = leads.get(source, frozenset())
                if not leads[node] <= known:
                    leads[source] = known | leads[node]
                    waiting.append(source)
        return leads
