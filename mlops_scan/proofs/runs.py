"""A trigger starts a job that runs the project's own code."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.proofs.stoppable import forgiven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.chains import Graph, Node, Step
    from mlops_scan.model import Proof

_DETECTOR = "model.runs"
_SUMMARY = "A job runs the project's own code."
_CODE = (".py", ".R", ".jl", ".ipynb")
_SAYING = (".sh", ".bash", ".mk")


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for each trigger of ``proof.triggers``, the scripts that jobs start, also by make and shell scripts.

    A step whose failure is passed over finds nothing out.
    """
    passed_over = forgiven(known)
    for start in known.graph.starts:
        if start.event in proof.triggers:
            for job in start.nodes:
                if known.graph.kinds.get(job) == "job":
                    yield from (
                        Proven(_DETECTOR, chain[-1].path, chain[-1].line, "strong", _SUMMARY, (start.step, *chain))
                        for chain in _started(job, start.event, known.graph)
                        if not any(map(passed_over, chain))
                    )


def _started(job: Node, event: str, graph: Graph) -> Iterator[tuple[Step, ...]]:
    """Yield the chains by which a job starts code on an event."""
    waiting: list[tuple[Node, tuple[Step, ...]]] = [(job, ())]
    seen = {job}
    for node, chain in waiting:  # which grows while it is gone through
        for edge in graph.edges.get(node, ()) if graph.starts_on(node, event) else ():
            if edge.step.line >= graph.ends(node, event):
                continue
            own = graph.kinds.get(edge.target) == "step"
            if edge.target.path.endswith(_CODE):
                yield (*chain, edge.step)
            elif edge.target not in seen and (own or _passes_on(edge.target)):
                seen.add(edge.target)
                waiting.append((edge.target, chain if own else (*chain, edge.step)))


def _passes_on(node: Node) -> bool:
    """Tell whether a unit only says what is run: a make target, a shell script."""
    return node.path.endswith(_SAYING) or posixpath.basename(node.path).lower().endswith("makefile")
