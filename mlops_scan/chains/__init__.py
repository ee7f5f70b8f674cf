"""Chains: triggers, units and links of a repository as a graph that ends in acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains import (
    asking,
    attributes,
    charts,
    classes,
    cloud_jobs,
    compiled_images,
    groundwork,
    hollow,
    imports,
    job_deployments,
    links,
    objects,
    ready_images,
    resources,
    shared_names,
    starts,
    switches,
    templates,
    testless,
    trainings,
    uncollected,
    units,
    unnamed,
    unused,
)
from mlops_scan.chains.graph import Builder, DeadEnd, Edge, Graph, Node, Reached, Span, Start, Step
from mlops_scan.chains.places import places
from mlops_scan.chains.unused import weakened
from mlops_scan.chains.ways import Visit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.evidence import Evidence, FileFacts
    from mlops_scan.modules import Modules

__all__ = ["DeadEnd", "Edge", "Graph", "Node", "Reached", "Span", "Start", "Step", "Visit", "build", "weakened"]

_RUNNING_ROLES = frozenset({"product", "test"})
_ENDS = frozenset({"tests", "lints"})


def build(files: Iterable[FileFacts], evidence: Iterable[Evidence], modules: Modules) -> Graph:
    """Return the graph of everything that runs; what starts a test runner or linter ends there."""
    everything = tuple(files)
    evidence = tuple(evidence)
    running = tuple(file for file in everything if file.role in _RUNNING_ROLES)
    known = places(running, modules, frozenset(file.path for file in everything))
    builder = Builder()
    for found in evidence:
        if found.act and found.strength == "strong":
            builder.acts[Node(found.path, found.unit)].append(found)
    ended = frozenset((found.path, found.line) for found in evidence if found.act in _ENDS)
    for file in running:
        units.note(builder, file)
        links.note(builder, file, known, ended)
        ready_images.note(builder, file, known)
        cloud_jobs.note(builder, file, known)
    shared_names.note(builder, running)
    switches.settle(builder, running)
    templates.settle(builder, running)
    units.pass_on(builder, running)
    resources.switch_off(builder, known.resources)
    objects.settle(builder, known)
    links.handlers(builder)
    links.hooks(builder, running)
    links.asked_objects(builder)
    classes.settle(builder, running, known)
    imports.settle(builder, running, known)
    starts.note(builder, running, evidence, known)
    charts.settle(builder, running, known)
    groundwork.settle(builder, running, evidence, known)
    job_deployments.settle(builder, known)
    unused.settle(builder, running, known)
    unnamed.settle(builder, running)
    compiled_images.settle(builder, running)
    hollow.settle(builder)
    testless.settle(builder, running, known)
    uncollected.settle(builder, running, known)
    attributes.settle(builder, evidence, known)
    asking.settle(builder, running)
    trainings.settle(builder)
    return builder.graph()
