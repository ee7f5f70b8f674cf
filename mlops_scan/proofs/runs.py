"""A trigger starts a job that runs the project's own code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.chains import Edge, Graph, Node
    from mlops_scan.model import Proof

_DETECTOR = "model.runs"
_SUMMARY = "A job runs the project's own code."
_CODE = (".py", ".R", ".jl", ".ipynb")


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for each trigger of ``proof.triggers``, the jobs that directly start a script of the repository."""
    for start in known.graph.starts:
        if start.event in proof.triggers:
            jobs = [node for node in start.nodes if known.graph.kinds.get(node) == "job"]
            for edge in (edge for job in jobs for edge in _started(job, start.event, known.graph)):
                if edge.target.path.endswith(_CODE):
                    yield Proven(_DETECTOR, edge.step.path, edge.step.line, "strong", _SUMMARY, (start.step, edge.step))


def _started(job: Node, event: str, graph: Graph) -> Iterator[Edge]:
    """Yield what a job starts on an event: directly, or in a step of its own."""
    for edge in graph.edges.get(job, ()) if graph.starts_on(job, event) else ():
        if graph.kinds.get(edge.target) == "step" and edge.step.line < graph.ends(job, event):
            yield from _started(edge.target, event, graph)
        elif edge.step.line < graph.ends(job, event):
            yield edge
