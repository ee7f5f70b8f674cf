"""The units in which ending the run stops something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Command, Uses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.chains import Node, Step
    from mlops_scan.evidence import FileFacts
    from mlops_scan.model import Proof

_RUNS = frozenset({"asset", "deployment", "job", "pipeline", "script", "stage", "step", "target", "task", "workflow"})


def stoppable(proof: Proof, known: Known) -> frozenset[Node]:
    """Return what runs together with one of ``proof.given``, or as a part of something that others start.

    A program that nobody starts and in which nothing follows lets nothing be and hinders nothing; nor does one whose
    failure is tolerated wherever it is started, or what a library offers and nothing here calls.
    """
    if not proof.stops or known.acts.isdisjoint(proof.acts):
        return frozenset()
    edges = known.graph.edges
    passed_over = forgiven(known)
    found = set(_first(known, frozenset(proof.given)))
    waiting = list(found)
    while waiting:
        for edge in edges.get(waiting.pop(), ()):
            if edge.target not in found and not passed_over(edge.step):
                found.add(edge.target)
                waiting.append(edge.target)
    return frozenset(found)


def forgiven(known: Known) -> Callable[[Step], bool]:
    """Return what tells whether a step may fail while what it is a step of goes on."""
    places = {(file.path, *place) for file in known.files for place in file.once(_tolerated)}
    return lambda step: (step.path, step.line, step.what) in places


def _first(known: Known, given: frozenset[str]) -> Iterator[Node]:
    """Yield the units of the product that come to an act that counts, and those that a tool or service runs."""
    product = {file.path for file in known.files if file.role == "product"}
    yield from (node for node, acts in known.graph.leads.items() if node.path in product and not given.isdisjoint(acts))
    yield from (node for node, kind in known.graph.kinds.items() if node.path in product and kind in _RUNS)


def _tolerated(file: FileFacts) -> frozenset[tuple[int, str]]:
    """Return the lines of a file on which steps may fail and the run goes on, and what these run.

    Of two programs on one line, joined by a pipe, only one may.
    """
    runs = [fact for fact in file.of(Command) if fact.tolerated]
    commands = ((fact.line, what) for fact in runs for what in (fact.run, f"job {fact.unit}: {fact.run}"))
    return frozenset((*commands, *((fact.line, fact.name) for fact in file.of(Uses) if fact.tolerated)))
