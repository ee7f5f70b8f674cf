"""A unit of some kind reaches every wanted act, whoever starts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains import Step
from mlops_scan.proofs.chain import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known, Proven
    from mlops_scan.chains import Node, Reached
    from mlops_scan.model import Proof


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for units of ``proof.kinds`` that come to all of ``proof.reaches``, the chain to each of them."""
    return told(_reaching(proof, known))


def _reaching(proof: Proof, known: Known) -> Iterator[list[Reached]]:
    for node in sorted(known.graph.kinds):
        if known.graph.kinds[node] in proof.kinds:
            ends = [_nearest(node, item, proof, known) for item in proof.reaches]
            if all(ends) and not (proof.never and _nearest(node, proof.never, proof, known)):
                yield [end for end in ends if end]


def _nearest(node: Node, acts: tuple[str, ...], proof: Proof, known: Known) -> Reached | None:
    step = Step(node.path, known.graph.lines.get(node, 1), f"{known.graph.kinds[node]} {node.unit or node.path}")
    reach = known.graph.reach((node,), (step,), answers=proof.answers)
    return next((reached for reached in reach if reached.evidence.act in acts), None)
