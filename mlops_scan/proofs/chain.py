"""What a trigger starts reaches every wanted act in one run."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.assessment import Proven
from mlops_scan.proofs import one_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mlops_scan.assessment import Known
    from mlops_scan.chains import Reached, Span, Start
    from mlops_scan.model import Proof


class _Run(NamedTuple):
    """What starts together: triggers of its own, and those that it shares with other runs.

    ``comes`` are the acts that it may come to, ``shared`` returns what the shared ones come to without some lines.
    """

    own: Sequence[Start]
    comes: frozenset[str]
    shared: Callable[[frozenset[Span]], Mapping[str, Reached]]


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for each run that comes to every item of ``proof.reaches``, the chain to each act of them."""
    made = one_run.choices(known) if proof.reaches[1:] else one_run.Made({}, {})
    for run in _runs(proof, known):
        if run.comes.isdisjoint(proof.never) and all(not run.comes.isdisjoint(item) for item in proof.reaches):
            ends = one_run.together(functools.partial(_nearest, run, proof, known), made)
            yield from (proven(end) for item in ends for end in item)


def _nearest(run: _Run, proof: Proof, known: Known, without: frozenset[Span]) -> list[list[Reached]]:
    """Return the nearest of each act, for each item that asks for some."""
    nearest = {**run.shared(without), **_acts(run.own, known, without)}
    return [[nearest[act] for act in item if act in nearest] for item in proof.reaches]


def _acts(starts: Iterable[Start], known: Known, without: frozenset[Span]) -> Mapping[str, Reached]:
    """Return the nearest of each act that some triggers come to, that of the first of them."""
    nearest: dict[str, Reached] = {}
    for start in starts:
        for reached in known.graph.reach(start.nodes, (start.step,), start.event, without=without):
            nearest.setdefault(reached.evidence.act, reached)
    return nearest


def _may_do(starts: Iterable[Start], known: Known) -> frozenset[str]:
    return frozenset[str]().union(*(known.graph.leads.get(node, ()) for start in starts for node in start.nodes))


def _runs(proof: Proof, known: Known) -> Iterator[_Run]:
    """Yield what starts together: jobs of one file that each say when they start are one run on the same event.

    Those that say no branch start with those that do; two branches are two runs.
    """
    together: dict[tuple[str, str], dict[str, list[Start]]] = defaultdict(lambda: defaultdict(list))
    for start in known.graph.starts:
        if start.event not in proof.triggers or _is_left_out(start, proof, known):
            continue
        if proof.reaches[1:] and all(known.graph.kinds.get(node) == "job" for node in start.nodes):
            together[start.step.path, start.event][start.detail].append(start)
        else:
            yield _Run([start], _may_do([start], known), lambda _: {})
    for by_branch in together.values():
        always = by_branch.get("", [])
        shared = functools.cache(functools.partial(_acts, always, known))
        comes = _may_do(always, known)
        for branch, found in by_branch.items():
            yield _Run(found if branch else (), comes | _may_do(found if branch else (), known), shared)


def _is_left_out(start: Start, proof: Proof, known: Known) -> bool:
    return any(known.graph.kinds.get(node) in proof.not_kinds for node in start.nodes) if proof.not_kinds else False


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
