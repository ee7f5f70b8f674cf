"""The triggers of a repository with the units that they start."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Node, Start, Step
from mlops_scan.facts import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.graph import Builder, Message
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import Evidence, FileFacts


def note(builder: Builder, files: Iterable[FileFacts], evidence: Iterable[Evidence], known: Places) -> None:
    """Note every trigger, and link who sends an event, or completes, to who waits for it."""
    for file in files:
        for fact in file.of(kinds.Trigger) if file.role == "product" else ():
            step = Step(file.path, fact.line, f"{fact.event} {fact.detail}".strip())
            nodes = (Node(file.path, fact.unit),) if fact.unit else tuple(_startable(builder, file))
            builder.starts.append(Start(fact.event, step, nodes, fact.detail))
            builder.starts.extend(_by_call(builder, builder.starts[-1]))
    for found in evidence:
        if found.trigger and found.strength == "strong":
            step = Step(found.path, found.line, f"{found.trigger}: {found.what}")
            builder.starts.append(Start(found.trigger, step, _started(builder, found, known), ""))
    _completions(builder, known)
    for message in builder.sent:
        (_workflow if message.kind == "workflow" else _event)(builder, message, known)


def _by_call(builder: Builder, start: Start) -> Iterator[Start]:
    """Yield a start of its own for each thing that calls of a function give the parameter which it starts."""
    for node in start.nodes if builder.given else ():
        targets = dict.fromkeys(edge.target for edge in builder.edges.get(node, ()) if node not in builder.off)
        for target in targets:
            things = dict.fromkeys(thing for thing, _ in builder.given.get(target, ()))
            yield from (start._replace(nodes=(thing,)) for thing in things if len(things) > 1)


def _startable(builder: Builder, file: FileFacts) -> Iterator[Node]:
    """Yield what an event of the whole file starts: its units, and the file itself where it holds no CI jobs."""
    units = [Node(file.path, fact.name) for fact in file.of(kinds.Unit)]
    yield from (node for node in units if builder.kinds.get(node) not in {"step", "workflow"})
    if not any(builder.kinds.get(node) == "job" for node in units):
        yield Node(file.path, "")


def _started(builder: Builder, found: Evidence, known: Places) -> tuple[Node, ...]:
    """Return what a schedule in code starts: the flow that it is handed or that it makes.

    Where there is none, everything that is handed to it or asked of it; else the code around it.
    """
    named = (*found.references, found.what)
    handed = [node for name in named if (node := known.function(name, found.path)) is not None]
    owned = [Node(found.path, owner) for owner in found.owners]
    for flows in ([node for node in nodes if node in builder.kinds] for nodes in (handed, owned)):
        if flows:
            return tuple(flows)
    telling = tuple(node for node in (*owned, *handed) if node in builder.edges or node in builder.acts)
    return telling or (Node(found.path, found.unit),)


def _completions(builder: Builder, known: Places) -> None:
    """Link runs that others wait for: a workflow to those that start when it completes."""
    for start in builder.starts:
        for name in start.detail.split(", ") if start.event == "upstream" else ():
            for whole in known.workflows.get(name, ()):
                jobs = [node for node in builder.kinds if node.path == whole.path and builder.kinds[node] == "job"]
                for source in jobs or [whole]:
                    for target in start.nodes:
                        builder.link(source, target, start.step, event=start.event)


def _workflow(builder: Builder, message: Message, known: Places) -> None:
    """Link what starts a workflow to its jobs; one that only other things start does not listen."""
    paths = {whole.path for whole in known.workflows.get(posixpath.basename(message.name), ())}
    paths |= {whole.path for whole in known.workflows.get(message.name, ())}
    waiting = [start for start in builder.starts if start.event == "manual" and start.step.path in paths]
    for start in waiting:
        for target in start.nodes:
            builder.link(message.source, target, message.step, event=start.event)
    if not waiting and "$" not in message.name:
        reason = f"{message.name} does not wait to be started" if paths else f"there is no workflow {message.name} here"
        builder.end(message.source, message.step, reason, tolerated=message.tolerated)


def _event(builder: Builder, message: Message, known: Places) -> None:  # noqa: ARG001 - one signature for both
    """Link what sends an event to what that event starts; an event that nobody waits for ends there."""
    names = message.name.split(", ")
    hearing = [start for start in builder.starts if start.event == "event"]
    hearing = [start for start in hearing if not set(names).isdisjoint(start.detail.split(", "))]
    for start in hearing:
        for target in start.nodes:
            builder.link(message.source, target, message.step, event=start.event)
    if not hearing:
        builder.end(message.source, message.step, f"nothing here waits for the event {names[0]}", tolerated=True)
