"""A unit runs several separate programs in order, one of which does what is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.proofs.chain import proven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known, Proven
    from mlops_scan.chains import Node, Reached
    from mlops_scan.model import Proof


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield the steps of every unit that runs enough of them: the first act of each step."""
    for node in sorted(known.graph.edges):
        steps = _programs(node, proof, known)
        files = {reached.chain[-1].path for _, reached in steps}
        if len(files) >= proof.at_least and any(act in proof.must for act, _ in steps):
            yield from (proven(reached) for _, reached in steps)


def _programs(node: Node, proof: Proof, known: Known) -> list[tuple[str, Reached]]:
    """Return, for each program that a unit starts directly, its most telling act."""
    found = []
    for edge in known.graph.edges[node]:
        if edge.target.path == node.path and edge.target.unit not in {"", edge.target.unit}:
            continue
        nearest: dict[str, Reached] = {}
        for reached in known.graph.reach((edge.target,), (edge.step,)):
            nearest.setdefault(reached.evidence.act, reached)
        act = next((act for act in (*proof.must, *proof.acts) if act in nearest), None)
        if act is not None:
            found.append((act, nearest[act]))
    return found
