"""What came of one part of a CI run decides whether another part does an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.chains import Node, Step
from mlops_scan.facts.kinds import Call, Condition, Outcome
from mlops_scan.proofs.stoppable import forgiven
from mlops_scan.proofs.within import within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.chains import Edge, Graph, Reached
    from mlops_scan.evidence import FileFacts
    from mlops_scan.model import Proof
    from mlops_scan.proofs.within import Within

    _MayFail = Callable[[Edge, bool], bool]

_DETECTOR = "model.outcome"
_SUMMARY = "What came of a check decides whether the run {}."
_END = 10**9
_EXITS = frozenset({"SystemExit", "exit", "os._exit", "quit", "sys.exit"})
_WELL = frozenset({"", "0", "None"})


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield what does one of ``proof.acts`` by what came of something else that does one of ``proof.must``."""
    asking = [(file.path, fact) for file in known.files if file.role == "product" for fact in file.of(Outcome)]
    if not asking:
        return
    ways, may_fail = within(known.graph), _failing(known)
    for path, fact in asking:
        reached = ways.first_between(Node(path, fact.unit), fact.line, fact.end or _END, frozenset(proof.acts))
        found = _came_of(path, fact, proof, ways, may_fail) if reached else None
        if reached and found:
            step = Step(path, fact.line, "decides by its failure" if fact.failed else "decides by what it gave")
            chain = (*found.chain, step, *reached.chain)
            summary = _SUMMARY.format(reached.evidence.act)
            yield Proven(_DETECTOR, path, fact.line, "strong", summary, chain)


def _came_of(path: str, fact: Outcome, proof: Proof, ways: Within, may_fail: _MayFail) -> Reached | None:
    """Return what the lines do whose outcome is asked for; of their failure, only what fails by what it finds."""
    node, last, must = Node(path, fact.of), fact.last or _END, frozenset(proof.must)
    if not fact.failed:
        return ways.first_between(node, fact.first, last, must)
    started = (edge for edge in ways.started(node, fact.first, last) if may_fail(edge, fact.tolerated))
    return next(filter(None, (ways.comes_to(edge, must) for edge in started)), None)


def _failing(known: Known) -> _MayFail:
    """Return what tells whether a link starts what ends with an error by something that it looks at."""
    ends = {Node(file.path, unit) for file in known.files for unit in file.once(_ending)}
    leading, passed_over = _leading(known.graph, ends), forgiven(known)
    return lambda edge, tolerated: edge.target in leading and (tolerated or not passed_over(edge.step))


def _ending(file: FileFacts) -> frozenset[str]:
    """Return the units of a file that end the run with an error where a comparison, or a function, says so."""
    stopped = (fact.unit for fact in file.of(Condition) if fact.stops == "run")
    exits = (call.unit for call in file.of(Call) if call.name in _EXITS and _says(call.arguments.get("0", "")))
    return frozenset((*stopped, *exits))


def _says(status: str) -> bool:
    """Tell whether the status of an exit is what something gave back."""
    return status not in _WELL and not status.isdigit()


def _leading(graph: Graph, ends: set[Node]) -> frozenset[Node]:
    """Return what comes to one of the ends."""
    found, waiting = set(ends), list(ends)
    while waiting:
        for source, _ in graph.sources.get(waiting.pop(), ()):
            if source not in found:
                found.add(source)
                waiting.append(source)
    return frozenset(found)
