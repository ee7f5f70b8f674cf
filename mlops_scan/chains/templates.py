"""Jobs of CI that are made of jobs which another file holds: what these run, and the events that they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Node, Step
from mlops_scan.facts.kinds import Link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.chains.graph import Builder
    from mlops_scan.evidence import FileFacts

_TEMPLATE, _EXTENDS = "template", "extends"
# how many templates a job may be made of
_MOST = 20
_Asked = dict[Node, list[tuple[Link, "Node | None"]]]


def settle(builder: Builder, files: Iterable[FileFacts]) -> None:
    """Link jobs to what they extend in other files; a job that says no events starts on those of what it extends."""
    templates: dict[str, list[Node]] = {}
    for node, kind in builder.kinds.items():
        if kind == _TEMPLATE:
            templates.setdefault(node.unit, []).append(node)
    asked: _Asked = {}
    for file in files:
        for link in file.of(Link):
            if link.kind == _EXTENDS:
                found = templates.get(link.target, [])
                told = found[0] if len(found) == 1 else None
                asked.setdefault(Node(file.path, link.unit), []).append((link, told))
    for node, links in asked.items():
        for link, told in links:
            if told is not None:
                builder.link(node, told, Step(node.path, link.line, f"extends {link.target}"))
        if any(link.event for link, _ in links):
            _start(builder, node, asked)


def _start(builder: Builder, node: Node, asked: _Asked) -> None:
    """Let a job start on the events of the nearest that it extends which says any, else on the usual ones."""
    told = next((other for other in _extended(node, asked) if other in builder.only or other in builder.off), None)
    usual = next(link.event for link, _ in asked[node] if link.event)
    builder.only[node] = builder.only.get(told, frozenset(usual.split())) if told else frozenset(usual.split())
    if told is not None and told in builder.off:
        builder.off[node] = builder.off[told]


def _extended(node: Node, asked: _Asked) -> list[Node]:
    """Return what a job extends, and what that extends in turn: the last of each first, as it has the last word."""
    found: list[Node] = []
    waiting = [node]
    for job in waiting:  # which grows while it is gone through
        for link, told in reversed(asked.get(job, ())):
            if told is not None and link.event and told not in found and len(found) < _MOST:
                found.append(told)
                waiting.append(told)
    return found
