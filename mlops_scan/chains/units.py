"""The units of the repository's files, and what keeps them from starting by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.graph import Node, Step
from mlops_scan.facts import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.chains.graph import Builder
    from mlops_scan.evidence import FileFacts

_DOCUMENTS = (".yml", ".yaml", ".toml", ".json")
_NOT_BY_ITSELF = frozenset({"console-script", "resource", "step", "task", "template", "workflow"})
_WAITING = frozenset({"after", "behind"})


class Need(NamedTuple):
    """A job that another waits for; ``whole``: that one does not start either where this one does not."""

    node: Node
    whole: bool


def note(builder: Builder, file: FileFacts) -> None:
    """Note the units of a file; a document run as a whole runs all of them."""
    whole = Node(file.path, "")
    starts_some = any(not link.unit and link.kind == "unit" for link in file.of(kinds.Link))
    for fact in file.of(kinds.Unit):
        node = Node(file.path, fact.name)
        builder.kinds[node] = fact.kind
        builder.lines[node] = fact.line
        if fact.only:
            builder.only[node] = frozenset(fact.only)
        if fact.off:
            builder.off[node] = fact.off
        elif file.path.endswith(_DOCUMENTS) and fact.name and not starts_some and fact.kind not in _NOT_BY_ITSELF:
            builder.link(whole, node, Step(file.path, fact.line, f"{fact.kind} {fact.name}"))


def pass_on(builder: Builder, files: Iterable[FileFacts]) -> None:
    """Let a CI job that waits for another start no oftener than that one does, and none behind one that fails."""
    needs: dict[Node, list[Need]] = {}
    for file in files:
        for link in file.of(kinds.Link):
            node = Node(file.path, link.unit)
            if link.kind in _WAITING and builder.kinds.get(node) == "job":
                needs.setdefault(node, []).append(Need(Node(file.path, link.target), link.kind == "after"))
    done: set[Node] = set()
    for node in needs:
        _settle(builder, node, needs, done)


def _settle(builder: Builder, first: Node, needs: dict[Node, list[Need]], done: set[Node]) -> None:
    """Settle what a job waits for before the job itself; one that waits for itself is settled as it stands."""
    stack = [first]
    while stack:
        node = stack[-1]
        done.add(node)
        waiting = [need.node for need in needs.get(node, ()) if need.node not in done]
        if waiting:
            stack.append(waiting[0])
            continue
        stack.pop()
        for need in needs.get(node, ()):
            _inherit(builder, node, need.node, whole=need.whole)


def _inherit(builder: Builder, node: Node, need: Node, *, whole: bool) -> None:
    if not whole:
        _stop(builder, node, need)
        return
    if need in builder.broken:
        builder.off[node] = f"waits for {need.unit}, which fails on line {builder.broken[need]}"
        builder.only[node] = frozenset()
    if need in builder.off and node not in builder.off:
        builder.off[node] = f"waits for {need.unit}, which has {builder.off[need]}"
    if need in builder.only:
        builder.only[node] = builder.only.get(node, builder.only[need]) & builder.only[need]
    elif need in builder.off:
        builder.only[node] = frozenset()


def _stop(builder: Builder, node: Node, need: Node) -> None:
    """Keep a job from starting on the events on which one before it fails, or does not start for that reason."""
    if need in builder.stopped:
        builder.off[node], builder.only[node] = builder.off[need], frozenset()
        builder.stopped.add(node)
    elif need in builder.broken:
        lost = builder.only.get(need)
        left = frozenset() if lost is None else builder.only[node] - lost if node in builder.only else None
        if left is not None:
            builder.only[node] = left
        if left == frozenset():
            builder.off[node] = f"waits for {need.unit}, which fails on line {builder.broken[need]}"
            builder.stopped.add(node)
