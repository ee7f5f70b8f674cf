"""A unit of some kind reaches every wanted act, whoever starts it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from mlops_scan.chains import Step
from mlops_scan.proofs import one_run
from mlops_scan.proofs.chain import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlops_scan.assessment import Known, Proven
    from mlops_scan.chains import Node, Reached, Span
    from mlops_scan.model import Acts, Proof


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for units of ``proof.kinds`` that come to all of ``proof.reaches``, the chain to each of them."""
    return told(_reaching(proof, known))


def _reaching(proof: Proof, known: Known) -> Iterator[list[Reached]]:
    made = one_run.choices(known)
    for node in sorted(known.graph.kinds):
        if known.graph.kinds[node] in proof.kinds:
            ends = one_run.together(functools.partial(_nearest, node, proof.reaches, proof, known), made)
            if ends and not (proof.never and all(_nearest(node, (proof.never,), proof, known, frozenset()))):
                yield [item[0] for item in ends]


def _nearest(
    node: Node, items: Sequence[Acts], proof: Proof, known: Known, without: frozenset[Span]
) -> list[list[Reached]]:
    """Return the nearest act of each item; nothing of one that is not come to."""
    step = Step(node.path, known.graph.lines.get(node, 1), f"{known.graph.kinds[node]} {node.unit or node.path}")
    found: list[list[Reached]] = [[] for _ in items]
    for reached in known.graph.reach((node,), (step,), answers=proof.answers, without=without):
        for item, acts in zip(found, items, strict=True):
            if not item and reached.evidence.act in acts:
                item.append(reached)
        if all(found):
            break
    return found
