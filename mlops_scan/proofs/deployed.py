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

# what is told to a reader step by step, and tries what it tells
_TOLD = (".ipynb", ".Rmd", ".qmd")


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for files that run to all of ``proof.reaches`` and not to ``proof.never``, the chain to each.

    Anything that runs in the repository has to do one of ``proof.acts``.
    A function that nothing calls deploys nothing: it is there for whoever uses the package.
    """
    if any(known.acts.isdisjoint(item) for item in (proof.acts, *proof.reaches)):
        return
    doing, product = nearest(known.graph, functools.partial(_does, proof.acts)), product_files(known)
    done = (node for node in (*doing.acts, *doing.links) if node.path in product and not node.path.endswith(_TOLD))
    if any(not node.unit or node in known.graph.kinds for node in done):
        yield from told(_reaching(proof, known, product))


def _reaching(proof: Proof, known: Known, product: frozenset[str]) -> Iterator[list[Reached]]:
    ways = [nearest(known.graph, functools.partial(_does, acts), answers=True) for acts in proof.reaches]
    never = nearest(known.graph, functools.partial(_does, proof.never), answers=True)
    for path in sorted(path for path in product if not never.leads(Node(path, ""))):
        ends = [way.of(Node(path, ""), (Step(path, 1, f"runs {path}"),)) for way in ways]
        if all(ends):
            yield [end for end in ends if end]


def _does(acts: Acts, evidence: Evidence) -> bool:
    return evidence.act in acts
