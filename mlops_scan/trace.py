"""What each trigger of a repository comes to, and where chains end early."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.assessment import Origin
from mlops_scan.chains.graph import Step
from mlops_scan.masks import concealed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mlops_scan.chains import Graph, Node, Start

MOST_ENDS = 50


class Chain(msgspec.Struct, frozen=True):
    """The steps from a trigger to an act (the act's own place last); ``detector`` recognised it."""

    act: str
    detector: str
    steps: tuple[Step, ...]


class End(msgspec.Struct, frozen=True):
    """The steps from a trigger to where nothing follows, and why."""

    reason: str
    steps: tuple[Step, ...]


class Trigger(msgspec.Struct, frozen=True):
    """A trigger with the chains that it starts; ``event`` and ``detail`` as in `facts.kinds.Trigger`."""

    event: str
    detail: str
    step: Step
    chains: tuple[Chain, ...]
    ends: tuple[End, ...]


class Trace(msgspec.Struct, frozen=True):
    """Every trigger of a repository, and the acts that none of them comes to."""

    source: Origin
    triggers: tuple[Trigger, ...]
    unreached: tuple[Chain, ...]


def trace(graph: Graph, source: Origin, events: Collection[str] = (), acts: Collection[str] = ()) -> Trace:
    """Follow the triggers of some events (all, where none is named) to some acts.

    Where ``acts`` names none, each trigger shows the nearest of every kind of act; else all of those named. Secrets are
    masked.
    """
    grouped: dict[tuple[str, Step], list[Start]] = {}
    for start in graph.starts:
        grouped.setdefault((start.event, start.step), []).append(start)
    wanted = [starts for (event, _), starts in sorted(grouped.items(), key=_place) if not events or event in events]
    found = Trace(
        source,
        tuple(_trigger(graph, starts, acts) for starts in wanted),
        () if events else tuple(_unreached(graph, acts)),
    )
    return concealed(found)


def _place(group: tuple[tuple[str, Step], list[Start]]) -> tuple[str, int, str]:
    (event, step), _ = group
    return step.path, step.line, event


def _trigger(graph: Graph, starts: list[Start], acts: Collection[str]) -> Trigger:
    first = starts[0]
    nodes = tuple(dict.fromkeys(node for start in starts for node in start.nodes))
    reached = graph.reach(nodes, (first.step,), first.event)
    chains = (Chain(found.evidence.act, found.evidence.detector, found.chain) for found in reached)
    ends = tuple(dict.fromkeys(_ends(graph, nodes, first)))
    return Trigger(first.event, first.detail, first.step, tuple(_shown(chains, acts)), ends[:MOST_ENDS])


def _shown(chains: Iterable[Chain], acts: Collection[str]) -> Iterator[Chain]:
    seen: set[str] = set()
    for chain in chains:
        if chain.act in acts or not (acts or chain.act in seen):
            seen.add(chain.act)
            yield chain


def _ends(graph: Graph, nodes: tuple[Node, ...], start: Start) -> Iterator[End]:
    """Yield where what a trigger starts ends early: units kept from starting, and steps that lead nowhere."""
    for node in nodes:
        if not graph.starts_on(node, start.event):
            reason = graph.off.get(node) or f"starts only on {', '.join(sorted(graph.only.get(node, ())))}"
            yield End(f"{graph.kinds.get(node, 'unit')} {node.unit}: {reason}", (start.step,))
    for visit in graph.walk(nodes, (start.step,), start.event):
        for dead in graph.dead.get(visit.node, ()):
            yield End(dead.reason, (*visit.chain, dead.step))


def _unreached(graph: Graph, acts: Collection[str]) -> Iterator[Chain]:
    """Yield, file by file, the first of each kind of act that no trigger comes to."""
    reached = {
        reached.evidence
        for start in graph.starts
        for reached in graph.reach(start.nodes, (start.step,), start.event if start.event != "manual" else "")
    }
    seen: set[tuple[str, str]] = set()
    for node in sorted(graph.acts):
        for found in graph.acts[node]:
            key = (found.path, found.act)
            if found not in reached and key not in seen and (not acts or found.act in acts):
                seen.add(key)
                step = Step(found.path, found.line, f"{found.act}: {found.what}")
                yield Chain(found.act, found.detector, (step,))
