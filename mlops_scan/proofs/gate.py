"""A comparison of metrics decides whether an act happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains import Node, Step
from mlops_scan.facts.kinds import Condition
from mlops_scan.maturity import Proven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.chains import Reached
    from mlops_scan.maturity import Known
    from mlops_scan.model import Proof

_DETECTOR = "model.gate"
_SUMMARY = "A comparison of metrics decides whether this happens."


class Compared(NamedTuple):
    """A condition with the file it stands in."""

    path: str
    condition: Condition


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield comparisons of metrics whose branch does, or calls what does, one of ``proof.acts``."""
    for compared in _of_metrics(known):
        reached = _decided(compared, proof, known)
        if reached:
            path, condition = compared
            step = Step(path, condition.line, f"compares {', '.join(condition.operands)}")
            yield Proven(_DETECTOR, path, condition.line, "strong", _SUMMARY, (step, *reached.chain))


def _of_metrics(known: Known) -> Iterator[Compared]:
    """Yield conditions over metrics, and conditions over what functions say that compare metrics."""
    telling = {(e.path, e.line) for e in known.evidence if e.act == "validates"}
    conditions = [
        Compared(file.path, fact)
        for file in known.files
        if file.role == "product"
        for fact in file.facts
        if isinstance(fact, Condition)
    ]
    direct = [c for c in conditions if (c.path, c.condition.line) in telling]
    functions = {c.condition.unit.rpartition(".")[2] for c in direct if c.condition.unit}
    for compared in conditions:
        if (compared.path, compared.condition.line) in telling or functions.intersection(compared.condition.operands):
            yield compared


def _decided(compared: Compared, proof: Proof, known: Known) -> Reached | None:
    """Return the act that the condition's branch comes to; after a condition that stops, the rest of its unit."""
    path, condition = compared
    last = condition.end if not condition.stops else _END
    node = Node(path, condition.unit)
    edges = [
        e for e in known.graph.edges.get(node, ()) if condition.line <= e.step.line <= last and e.step.path == path
    ]
    lines = range(condition.line, last + 1)
    for reached in known.graph.reach((node,)):
        inside = reached.evidence.path == path and reached.evidence.line in lines and reached.evidence.unit == node.unit
        if inside and reached.evidence.act in proof.acts:
            return reached
    for edge in edges:
        for reached in known.graph.reach((edge.target,), (edge.step,)):
            if reached.evidence.act in proof.acts:
                return reached
    return None


_END = 10**9
