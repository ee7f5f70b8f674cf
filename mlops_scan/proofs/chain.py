"""What a trigger starts reaches every wanted act in one run."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.proofs import one_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mlops_scan.assessment import Known
    from mlops_scan.chains import Reached, Span, Start
    from mlops_scan.model import Proof


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for each run that comes to every item of ``proof.reaches``, the chain to each act of them."""
    made = one_run.choices(known) if proof.reaches[1:] else one_run.Made({}, {})
    for run in _runs(proof, known):
        ends = one_run.together(functools.partial(_nearest, run, proof, known), made)
        yield from (proven(end) for item in ends for end in item)


def _nearest(run: Sequence[Start], proof: Proof, known: Known, without: frozenset[Span]) -> list[list[Reached]]:
    """Return the nearest of each act, for each item that asks for some."""
    nearest: dict[str, Reached] = {}
    comes = frozenset().union(*(known.graph.leads.get(node, ()) for start in run for node in start.nodes))
    for start in run if all(not comes.isdisjoint(item) for item in proof.reaches) else ():
        for reached in known.graph.reach(start.nodes, (start.step,), start.event, without=without):
            nearest.setdefault(reached.evidence.act, reached)
    return [[nearest[act] for act in item if act in nearest] for item in proof.reaches]


def _runs(proof: Proof, known: Known) -> Iterator[list[Start]]:
    """Yield what starts together: jobs of one file that each say when they start are one run on the same event.

    Those that say no branch start with those that do; two branches are two runs.
    """
    together: dict[tuple[str, str, str], list[Start]] = {}
    for start in known.graph.starts:
        if start.event not in proof.triggers:
            continue
        if proof.reaches[1:] and all(known.graph.kinds.get(node) == "job" for node in start.nodes):
            together.setdefault((start.step.path, start.event, start.detail), []).append(start)
        else:
            yield [start]
    for (path, event, detail), found in together.items():
        yield [*found, *(together.get((path, event, ""), ()) if detail else ())]


def told(groups: Iterable[list[Reached]]) -> Iterator[Proven]:
    """Yield what groups come to, the largest first; one that comes to nothing new says nothing."""
    seen: set[tuple[str, str, int]] = set()
    for group in sorted(groups, key=len, reverse=True):
        places = {(end.evidence.detector, end.evidence.path, end.evidence.line) for end in group}
        if not places <= seen:
            seen |= places
            yield from map(proven, group)


def proven(reached: Reached) -> Proven:
    """Return a reached act as an assessment shows it."""
    found = reached.evidence
    return Proven(found.detector, found.path, found.line, found.strength, found.summary, reached.chain)
