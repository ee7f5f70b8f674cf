"""Commands that start containers or jobs which only train: what they start is no model that anybody can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.chains.graph import Builder, Edge, Node
    from mlops_scan.evidence import Evidence

_DEPLOYS = "deploys"
_TRAINS = "trains"
# what makes more of it than a training: it answers, or hands the model on
_MORE = frozenset({"serves", "deploys", "publishes"})


def settle(builder: Builder) -> None:
    """Let a command deploy nothing where all that it starts here trains, and serves nobody."""
    deploying = [node for node, acts in builder.acts.items() if any(found.act == _DEPLOYS for found in acts)]
    leads = builder.leads() if any(builder.edges.get(node) for node in deploying) else {}
    for node in deploying if leads else ():
        edges = [edge for edge in builder.edges.get(node, ()) if edge.step.path == node.path]
        builder.acts[node] = [
            found
            for found in builder.acts[node]
            if found.act != _DEPLOYS or not _only_train(_started(found, edges), leads)
        ]


def _started(found: Evidence, edges: Iterable[Edge]) -> list[Node]:
    """Return what the very command starts: others on its line are not it."""
    return [edge.target for edge in edges if edge.step.line == found.line and found.what in edge.step.what]


def _only_train(targets: Iterable[Node], leads: dict[Node, frozenset[str]]) -> bool:
    acts = [leads.get(target, frozenset()) for target in targets]
    return bool(acts) and all(_TRAINS in found and found.isdisjoint(_MORE) for found in acts)
