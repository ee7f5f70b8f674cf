"""A unit of some kind reaches every wanted act, whoever starts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains import Step
from mlops_scan.proofs.chain import proven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known, Proven
    from mlops_scan.chains import Node, Reached
    from mlops_scan.model import Proof


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for each unit of ``proof.kinds`` that comes to all of ``proof.reaches``, the chain to each of them."""
    for node in sorted(known.graph.kinds):
        if known.graph.kinds[node] in proof.kinds:
            ends = [_nearest(node, item, proof, known) for item in proof.reaches]
            found = [end for end in ends if end is not None]
            whole = len(found) == len(ends) and not (proof.apart and _one_through_another(found))
            if whole and not (proof.never and _nearest(node, proof.never, proof, known)):
                yield from map(proven, found)


def _one_through_another(found: list[Reached]) -> bool:
    """Tell whether the way to one act leads over another: who starts a training in the background deploys no model."""
    for end in found:
        act = end.evidence
        ways = (step for other in found if other is not end for step in other.chain)
        # one line may hold several commands
        if any((step.path, step.line) == (act.path, act.line) and act.what in step.what for step in ways):
            return True
    return False


def _nearest(node: Node, acts: tuple[str, ...], proof: Proof, known: Known) -> Reached | None:
    step = Step(node.path, known.graph.lines.get(node, 1), f"{known.graph.kinds[node]} {node.unit or node.path}")
    reach = known.graph.reach((node,), (step,), answers=proof.answers)
    return next((reached for reached in reach if reached.evidence.act in acts), None)
