"""Names of the model in use, and what runs by them: to move one deploys the model where it is looked up again.

A service that looks it up as it starts serves what it then meant, until somebody starts it anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.chains.graph import Builder, Node
    from mlops_scan.evidence import Evidence

_CONSULTS, _REPOINTS, _DEPLOYS, _SERVES = "consults", "repoints", "deploys", "serves"
_NAMING = frozenset({_CONSULTS, _REPOINTS})
_AGAIN = "schedule"


def settle(builder: Builder) -> None:
    """Let what moves a name deploy, where a request or what comes again by itself looks it up.

    By themselves both do nothing.
    """
    named = [node for node, acts in builder.acts.items() if not _NAMING.isdisjoint(found.act for found in acts)]
    moves = any(found.act == _REPOINTS for node in named for found in builder.acts[node])
    leads = builder.leads() if moves else {}
    followed = moves and any(_CONSULTS in leads.get(node, frozenset()) for node in _running(builder))
    for node in named:
        acts = [_moved(found) if followed else found for found in builder.acts.pop(node)]
        left = [found for found in acts if found.act not in _NAMING]
        builder.acts.update({node: left} if left else {})


def _moved(found: Evidence) -> Evidence:
    return msgspec.structs.replace(found, act=_DEPLOYS) if found.act == _REPOINTS else found


def _running(builder: Builder) -> Iterator[Node]:
    """Yield what runs more than once in a service: handlers of requests, and what comes again beside them."""
    serving = {node for node, acts in builder.acts.items() if any(found.act == _SERVES for found in acts)}
    paths = {node.path for node in serving}
    for node, edges in builder.edges.items():
        # a program leads to all that it registers; an application to what it answers with
        yield from (edge.target for edge in edges if node.unit and edge.answers and edge.target in serving)
    yield from builder.routed
    for start in builder.starts:
        yield from (node for node in start.nodes if start.event == _AGAIN and node.path in paths)
