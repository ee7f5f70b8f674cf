"""A command runs a program of the repository in a container, and that does what is wanted."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.chains import Node
from mlops_scan.chains.nearest import nearest
from mlops_scan.facts.kinds import Command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.evidence import Evidence, FileFacts
    from mlops_scan.model import Acts, Proof

_DETECTOR = "model.contained"
_SUMMARY = "Runs this in a container."
_ENGINES = ("docker ", "docker-compose ", "podman ", "podman-compose ")


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for each program that a container is told to run, the chain to one of ``proof.acts``, past no test."""
    inside = [(file.path, command) for file in known.files if file.role == "product" for command in _inside(file)]
    way = nearest(known.graph, functools.partial(_does, proof.acts if inside else ()))
    tests = {file.path for file in known.files if file.role == "test"}
    for path, command in inside:
        for edge in known.graph.edges.get(Node(path, command.unit), ()):
            if edge.step.line == command.line and edge.step.what == command.run:
                reached = way.of(edge.target, (edge.step,))
                if reached and tests.isdisjoint(step.path for step in reached.chain):
                    yield Proven(_DETECTOR, path, command.line, "strong", _SUMMARY, reached.chain)


def _does(acts: Acts, evidence: Evidence) -> bool:
    return evidence.act in acts


def _inside(file: FileFacts) -> Iterator[Command]:
    """Yield what commands of a file run in containers: the ends of what is written there."""
    lines: dict[tuple[str, int], list[str]] = defaultdict(list)
    commands = file.of(Command)
    for command in commands:
        if command.run.startswith(_ENGINES):
            lines[command.unit, command.line].append(command.run)
    for command in commands if lines else ():
        if any(outer.endswith(f" {command.run}") for outer in lines.get((command.unit, command.line), ())):
            yield command
