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
# how many levels of templates are followed
_DEEPEST = 10


def settle(builder: Builder, files: Iterable[FileFacts]) -> None:
    """Link jobs to what they extend in other files; a job that says no events starts on those of what it extends."""
    templates: dict[str, list[Node]] = {}
    for node, kind in builder.kinds.items():
        if kind == _TEMPLATE:
            templates.setdefault(node.unit, []).append(node)
    asked: dict[Node, list[tuple[Link, Node | None]]] = {}
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


def _start(builder: Builder, node: Node, asked: dict[Node, list[tuple[Link, Node | None]]]) -> None:
    """Let a job start on the events of the last that it extends which says any, else on the usual ones."""
    told = _telling(builder, node, asked, _DEEPEST)
    usual = next(link.event for link, _ in asked[node] if link.event)
    builder.only[node] = builder.only.get(told, frozenset(usual.split())) if told else frozenset(usual.split())
    if told in builder.off and told is not None:
        builder.off[node] = builder.off[told]


def _telling(builder: Builder, node: Node, asked: dict[Node, list[tuple[Link, Node | None]]], left: int) -> Node | None:
    """Return the nearest that a job extends which says on what events it starts."""
    for link, told in reversed(asked.get(node, ())) if left else ():
        if told is not None and link.event:
            if told in builder.only or told in builder.off:
                return told
            found = _telling(builder, told, asked, left - 1)
            if found is not None:
                return found
    return None
