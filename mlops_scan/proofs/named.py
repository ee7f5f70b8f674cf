"""A unit runs one program several times, each time for another step that the command names.

What such a program does for which word is often told by configuration, or by objects made at run time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.chains import Node
from mlops_scan.globs import matcher
from mlops_scan.proofs.steps import product_files, programs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.chains import Edge, Graph
    from mlops_scan.model import Acts, Proof

_DETECTOR = "model.named"
_SUMMARY = "Runs a program of the project for one step after the other."
_WORD = re.compile(r"[a-z]+")
_CODE = (".py", ".R", ".jl", ".ipynb")
_CONFIGURATION = (".yaml", ".yml", ".toml", ".json", ".ini", ".cfg", ".conf")


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield the runs of a program for at least ``proof.at_least`` of ``proof.words``, among them ``proof.must_say``.

    Words that are the same in all of its commands tell nothing, nor do the names of what it reads, other than
    configuration. Of a program that is known to act, but never as one of ``proof.must``, words make no such program.
    """
    product = product_files(known)
    for node in sorted(node for node in known.graph.edges if node.path in product):
        for edges in _by_program(node, known.graph):
            steps = _steps(edges, proof) if _may_do(edges, proof.must, known.graph) else {}
            if len(steps) >= proof.at_least and any(matcher(proof.must_say)(word) for word in steps):
                for edge in steps.values():
                    yield Proven(_DETECTOR, edge.step.path, edge.step.line, "strong", _SUMMARY, (edge.step,))


def _by_program(node: Node, graph: Graph) -> Iterator[list[Edge]]:
    """Yield the links of a unit to each program that it runs more than once; subcommands belong to their file."""
    found: dict[Node, list[Edge]] = defaultdict(list)
    for edge in programs(node, graph):
        path = edge.target.path
        found[Node(path, "") if path.endswith(_CODE) else edge.target].append(edge)
    yield from (edges for edges in found.values() if edges[1:])


def _may_do(edges: list[Edge], acts: Acts, graph: Graph) -> bool:
    """Tell whether a program comes to one of the acts, or to none at all, so that nobody knows what it does."""
    done = frozenset().union(*(graph.leads.get(edge.target, ()) for edge in edges))
    return not done or not done.isdisjoint(acts)


def _steps(edges: list[Edge], proof: Proof) -> dict[str, Edge]:
    """Return the links by the step that each alone names."""
    said = [frozenset(_words(edge.step.what.lower())) for edge in edges]
    common = frozenset.intersection(*said)
    known = matcher(proof.words)
    steps: dict[str, Edge] = {}
    for edge, words in zip(edges, said, strict=True):
        own = next((word for word in sorted(words - common) if known(word) and word not in steps), None)
        if own is not None:
            steps[own] = edge
    return steps


def _words(command: str) -> Iterator[str]:
    for part in command.split():
        if part.endswith(_CONFIGURATION) or not ("/" in part or "." in part):
            yield from _WORD.findall(part)
