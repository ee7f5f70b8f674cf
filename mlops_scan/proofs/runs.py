"""A trigger starts a job that runs the project's own code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.model import Proof

_DETECTOR = "model.runs"
_SUMMARY = "A job runs the project's own code."
_CODE = (".py", ".R", ".jl", ".ipynb")


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for each trigger of ``proof.triggers``, the jobs that directly start a script of the repository."""
    for start in known.graph.starts:
        if start.event in proof.triggers:
            for node in start.nodes:
                for edge in known.graph.edges.get(node, ()) if known.graph.starts_on(node, start.event) else ():
                    if known.graph.kinds.get(node) == "job" and edge.target.path.endswith(_CODE):
                        step = edge.step
                        yield Proven(_DETECTOR, step.path, step.line, "strong", _SUMMARY, (start.step, step))
