"""The triggers of a repository with the units that they start."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from typing import TYPE_CHECKING

from mlops_scan.chains import handovers
from mlops_scan.chains.graph import Node, Start, Step
from mlops_scan.chains.paused import pausing
from mlops_scan.facts import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.graph import Builder, Message
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import Evidence, FileFacts

# events that somebody sends: to whoever listens, or to a workflow that waits to be called
_HEARD = frozenset({"call", "event"})


def note(builder: Builder, files: Iterable[FileFacts], evidence: Iterable[Evidence], known: Places) -> None:
    """Note every trigger, and link who sends an event, or completes, to who waits for it."""
    paused = pausing(files)
    for file in files:
        for fact in file.of(kinds.Trigger) if file.role == "product" else ():
            if fact.pausing in paused:
                continue
            step = Step(file.path, fact.line, f"{fact.event} {fact.detail}".strip())
            nodes = (Node(file.path, fact.unit),) if fact.unit else tuple(_startable(builder, file))
            builder.starts.append(Start(fact.event, step, nodes, fact.detail))
            builder.starts.extend(_by_call(builder, builder.starts[-1]))
    for found in evidence:
        if found.trigger and found.strength == "strong":
            step = Step(found.path, found.line, f"{found.trigger}: {found.what}")
            builder.starts.append(Start(found.trigger, step, _started(builder, found, known), ""))
    _completions(builder, files, known)
    _deliver(builder, known)


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


def _completions(builder: Builder, files: Iterable[FileFacts], known: Places) -> None:
    """Link runs that others wait for: a workflow to those that start when it completes.

    One whose name the repository does not hold is known by what it leaves for them, or by a word of that name. What
    waits for a known one starts as that one does: by a person, where only a person starts it.
    """
    waiting = [start for start in builder.starts if start.event == "upstream"]
    jobs: dict[str, list[Node]] = defaultdict(list)
    for node in builder.kinds if waiting else ():
        if builder.kinds[node] == "job":
            jobs[node.path].append(node)
    leaving = handovers.of(builder, files) if waiting else None
    joined: set[int] = set()
    for start in waiting:
        for name in start.detail.split(", "):
            for whole in known.workflows.get(name) or (leaving.before(start.step.path, name) if leaving else ()):
                joined.add(id(start))
                for source in jobs.get(whole.path, [whole]):
                    for target in start.nodes:
                        builder.link(source, target, start.step, event=start.event)
    builder.starts = [start._replace(event="call") if id(start) in joined else start for start in builder.starts]


def _deliver(builder: Builder, known: Places) -> None:
    """Link what sends an event, or starts a workflow, to whoever listens; where nobody does, the chain ends."""
    by_hand: dict[str, list[Start]] = defaultdict(list)
    by_event: dict[str, list[Start]] = defaultdict(list)
    called: set[str] = set()
    for start in builder.starts if builder.sent else ():
        if start.event == "manual":
            by_hand[start.step.path].append(start)
        if start.event == "call" and not start.detail:
            called.add(start.step.path)
        for name in start.detail.split(", ") if start.event in _HEARD else ():
            by_event[name].append(start)
    for message in builder.sent:
        if message.kind == "workflow":
            _workflow(builder, message, known, by_hand)
        elif message.kind == "call":
            _call(builder, message, called)
        else:
            _event(builder, message, by_event)


def _workflow(builder: Builder, message: Message, known: Places, by_hand: dict[str, list[Start]]) -> None:
    """Link what starts a workflow to its jobs; one that only other things start does not listen."""
    names = dict.fromkeys((posixpath.basename(message.name), message.name))
    paths = dict.fromkeys(whole.path for name in names for whole in known.workflows.get(name, ()))
    waiting = [start for path in paths for start in by_hand.get(path, ())]
    for start in waiting:
        for target in start.nodes:
            builder.link(message.source, target, message.step, event=start.event)
    if not waiting and "$" not in message.name:
        reason = f"{message.name} does not wait to be started" if paths else f"there is no workflow {message.name} here"
        builder.end(message.source, message.step, reason, tolerated=message.tolerated)


def _call(builder: Builder, message: Message, called: set[str]) -> None:
    """Link a job to the workflow that it is made of, if that one says that others may call it."""
    if message.name in called:
        builder.link(message.source, Node(message.name, ""), message.step)
    else:
        builder.end(message.source, message.step, f"{message.name} does not wait to be called")


def _event(builder: Builder, message: Message, by_event: dict[str, list[Start]]) -> None:
    """Link what sends an event to what that event starts."""
    names = message.name.split(", ")
    hearing = [start for name in names for start in by_event.get(name, ())]
    for start in hearing:
        for target in start.nodes:
            builder.link(message.source, target, message.step, event=start.event)
    if not hearing:
        builder.end(message.source, message.step, f"nothing here waits for the event {names[0]}", tolerated=True)
