"""A test runs far enough to come to an act of the product."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.chains import Node, Step
from mlops_scan.chains.nearest import nearest
from mlops_scan.facts.kinds import Call, Definition, Import, Test
from mlops_scan.globs import matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.evidence import Evidence, FileFacts
    from mlops_scan.model import Acts, Proof

_DETECTOR = "model.tested"
_MOCKS = frozenset({"mock", "moto", "pytest_mock"})
# what pytest hands to a test that puts something in the place of something else, and how the other one does it
_MOCKER = "mocker"
_PUTS = ".setattr"
_SUMMARY = "A test runs the product as far as this."


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for each asserting test that comes to all of ``proof.reaches`` in product files, the chain to the last.

    With ``proof.whole``, by a program of the product that it runs as a whole.
    """
    product = {file.path for file in known.files if file.role == "product"}
    ways = [nearest(known.graph, functools.partial(_is_of, item, product)) for item in proof.reaches]
    invents = matcher(proof.made_up)
    begun = _begun(known, product) if proof.whole else frozenset[Node]()
    making = _making(known, invents, product) if proof.made_up else frozenset[Node]()
    for file in (file for file in known.files if file.path not in known.graph.hollow):
        tests = [fact for fact in file.of(Test) if fact.asserts] if not _replaces(file, invents) else []
        mocked = _mocked(file) if tests else frozenset()
        for fact in tests:
            node, step = Node(file.path, fact.name), Step(file.path, fact.line, f"test {fact.name}")
            starts = _programs(node, known, begun) if proof.whole else (node,)
            through = next((start for start in starts if all(way.leads(start) for way in ways)), None)
            if fact.name not in mocked and node not in making and through is not None:
                last = ways[-1].of(node, (step,))
                yield Proven(_DETECTOR, file.path, fact.line, "strong", _SUMMARY, last.chain if last else ())


def _making(known: Known, invents: Callable[[str], bool], files: Container[str]) -> frozenset[Node]:
    """Return the units that let the product, however far inside, make up what they would reach: ``keeper.save(1)``."""
    waiting = [
        Node(f.path, call.unit) for f in known.files if f.path in files for call in f.of(Call) if invents(call.name)
    ]
    found: set[Node] = set()
    while waiting:
        further = {source for source, _ in known.graph.sources.get(waiting.pop(), ())} - found
        found |= further
        waiting.extend(further)
    return frozenset(found)


def _begun(known: Known, product: Container[str]) -> frozenset[Node]:
    """Return the functions that files, run by themselves, call and that do all that these files do."""
    whole = ((node, edge.target) for node in known.graph.edges if not node.unit for edge in known.graph.edges[node])
    leads = known.graph.leads
    return frozenset(
        target
        for node, target in whole
        if target.path == node.path and node.path in product and leads.get(target) == leads.get(node)
    )


def _programs(test: Node, known: Known, begun: Container[Node]) -> Iterator[Node]:
    """Yield the functions that a test calls and that are what their file does."""
    return (edge.target for edge in known.graph.edges.get(test, ()) if edge.calls and edge.target in begun)


def _is_of(acts: Acts, files: Container[str], evidence: Evidence) -> bool:
    return evidence.act in acts and evidence.path in files


def _replaces(file: FileFacts, invents: Callable[[str], bool]) -> bool:
    """Tell whether a file's tests put something in the place of what the product would reach, or make that up."""
    names = [fact.name for fact in file.of(Import)]
    mocked = any(name.startswith("unittest.mock") or name.partition(".")[0] in _MOCKS for name in names)
    return mocked or (bool(file.of(Test)) and any(invents(call.name) for call in file.of(Call)))


def _mocked(file: FileFacts) -> frozenset[str]:
    """Return the tests that themselves put something in the place of what the product would reach."""
    handed = {fact.name for fact in file.of(Definition) if _MOCKER in fact.parameters}
    return frozenset(handed | {call.unit for call in file.of(Call) if call.name == _PUTS})
