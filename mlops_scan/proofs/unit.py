"""A unit of some kind reaches every wanted act, whoever starts it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from mlops_scan.chains import Step
from mlops_scan.chains.nearest import nearest
from mlops_scan.proofs import one_run
from mlops_scan.proofs.chain import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlops_scan.assessment import Known, Proven
    from mlops_scan.chains import Node, Reached, Span
    from mlops_scan.chains.nearest import Nearest
    from mlops_scan.evidence import Evidence
    from mlops_scan.model import Acts, Proof


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for units of ``proof.kinds`` that come to all of ``proof.reaches``, the chain to each of them."""
    return told(_reaching(proof, known))


def _reaching(proof: Proof, known: Known) -> Iterator[list[Reached]]:
    made = one_run.choices(known)
    ways = {
        acts: nearest(known.graph, functools.partial(_does, acts), answers=proof.answers)
        for acts in (*proof.reaches, proof.never)
    }
    for node in sorted(known.graph.kinds):
        asked = known.graph.kinds[node] in proof.kinds and _stands_in(node, proof, known)
        if asked and not ways[proof.never].leads(node):
            ends = one_run.together(functools.partial(_nearest, node, proof, known, ways), made)
            if ends:
                yield [item[0] for item in ends]


def _stands_in(node: Node, proof: Proof, known: Known) -> bool:
    """Tell whether a unit starts one of the kinds in which it has to run, where any is asked for."""
    started = (known.graph.kinds.get(edge.target) for edge in known.graph.edges.get(node, ()))
    return not proof.within or any(kind in proof.within for kind in started)


def _does(acts: Acts, evidence: Evidence) -> bool:
    return evidence.act in acts


def _nearest(
    node: Node, proof: Proof, known: Known, ways: Mapping[Acts, Nearest], without: frozenset[Span]
) -> list[list[Reached]]:
    """Return the nearest act of each item; nothing of one that is not come to. ``ways`` lead there with all lines."""
    step = Step(node.path, known.graph.lines.get(node, 1), f"{known.graph.kinds[node]} {node.unit or node.path}")
    if not without:
        return [[end] if (end := ways[acts].of(node, (step,))) else [] for acts in proof.reaches]
    found: list[list[Reached]] = [[] for _ in proof.reaches]
    for reached in known.graph.reach((node,), (step,), answers=proof.answers, without=without):
        for item, acts in zip(found, proof.reaches, strict=True):
            if not item and reached.evidence.act in acts:
                item.append(reached)
        if all(found):
            break
    return found
