"""Code that serves a model stands beside what deploys: a platform runs an application without being told how."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from mlops_scan.chains import Node, Step
from mlops_scan.chains.nearest import nearest
from mlops_scan.proofs.chain import told
from mlops_scan.proofs.steps import product_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known, Proven
    from mlops_scan.chains import Reached
    from mlops_scan.evidence import Evidence
    from mlops_scan.model import Acts, Proof


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for files that run to all of ``proof.reaches``, the chain to each; where the repository does ``acts``."""
    if any(found.act in proof.acts and found.strength == "strong" for found in known.evidence):
        yield from told(_reaching(proof, known))


def _reaching(proof: Proof, known: Known) -> Iterator[list[Reached]]:
    ways = [nearest(known.graph, functools.partial(_does, acts), answers=True) for acts in proof.reaches]
    for path in sorted(product_files(known)):
        ends = [way.of(Node(path, ""), (Step(path, 1, f"runs {path}"),)) for way in ways]
        if all(ends):
            yield [end for end in ends if end]


def _does(acts: Acts, evidence: Evidence) -> bool:
    return evidence.act in acts
