"""What answers requests comes to every wanted act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains import Step
from mlops_scan.chains.imports import LOADED
from mlops_scan.proofs.chain import proven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known, Proven
    from mlops_scan.chains import Graph, Node, Reached
    from mlops_scan.model import Proof

_ANSWERS = "serves"
# a file as it is run, or imported
_NO_FUNCTION = frozenset({"", LOADED})
# what starts a server answers nothing itself
_STARTING = frozenset({"job", "step", "target", "task"})


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for each function that answers requests and comes to all of ``proof.reaches``, the chain to each.

    The last item comes first: it is the more telling, and a report shows one proof a file.
    """
    graph = known.graph
    for node in sorted(
        node for node in graph.acts if node.unit not in _NO_FUNCTION and graph.may_reach(node, proof.reaches)
    ):
        starting = graph.kinds.get(node) in _STARTING
        answers = next((act for act in graph.acts[node] if act.act == _ANSWERS and not starting), None)
        if answers is not None:
            step = Step(node.path, answers.line, f"answers with {node.unit}")
            nearest: dict[str, Reached] = {}
            for reached in graph.reach(_asked(node, graph), (step,)):
                nearest.setdefault(reached.evidence.act, reached)
            if not nearest.keys().isdisjoint(proof.never):
                continue
            ends = [next((nearest[act] for act in item if act in nearest), None) for item in proof.reaches]
            if all(ends):
                yield from (proven(end) for end in reversed(ends) if end)


def _asked(node: Node, graph: Graph) -> list[Node]:
    """Return what answers, and of a class its methods, with those that it has from others: it is asked for them all."""
    found, seen = [node], {node}
    for unit in found:  # which grows while it is gone through
        for edge in graph.edges.get(unit, ()):
            of_class = edge.calls and (edge.answers or edge.step.what.startswith("is a "))
            if of_class and edge.target not in seen:
                seen.add(edge.target)
                found.append(edge.target)
    return found
