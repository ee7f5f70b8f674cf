"""Commands that are known by what they start: containers and jobs that only train, and projects that do not.

What only trains is no model that anybody can use; and what a command is said to train, it does not where all that it
starts is here and does something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mlops_scan.chains.graph import Builder, Edge, Node
    from mlops_scan.evidence import Evidence

_DEPLOYS = "deploys"
_TRAINS = "trains"
_PREDICTS = "predicts"
# what makes more of it than a training: it answers, or hands the model on
_MORE = frozenset({"serves", "deploys", "publishes"})


def settle(builder: Builder) -> None:
    """Let a command deploy nothing where all that it starts here trains, and serves nobody; or train nothing."""
    deploying = [node for node in builder.acts if _does(_DEPLOYS, node, builder)]
    training = [node for node in builder.acts if _does(_TRAINS, node, builder, command=True)]
    leads = builder.leads() if deploying or training else {}
    for node in deploying:
        _leave(node, _DEPLOYS, builder, lambda targets: _only_train(targets, leads))
    for node in training:
        _leave(node, _TRAINS, builder, lambda targets: _do_else(targets, leads))
    for node, acts in builder.acts.items():
        builder.acts[node] = _without_passes(acts)


def _without_passes(acts: list[Evidence]) -> list[Evidence]:
    """Return the acts of a unit without what applies a model only to train it on what comes out, with the same tool."""
    ends: dict[str, int] = {}
    for found in acts:
        if found.act == _TRAINS:
            tool = found.detector.partition(".")[0]
            ends[tool] = max(found.line, ends.get(tool, 0))
    if not ends:
        return acts
    return [a for a in acts if a.act != _PREDICTS or a.line >= ends.get(a.detector.partition(".")[0], 0)]


def _does(act: str, node: Node, builder: Builder, *, command: bool = False) -> bool:
    """Tell whether a unit that starts something does an act: one of its commands, where only these are asked."""
    found = builder.acts[node] if builder.edges.get(node) else ()
    return any(each.act == act and (not command or " " in each.what) for each in found)


def _leave(node: Node, act: str, builder: Builder, idle: Callable[[list[Node]], bool]) -> None:
    """Take acts off a unit whose commands start what tells that they do not do that."""
    edges = [edge for edge in builder.edges.get(node, ()) if edge.step.path == node.path]
    builder.acts[node] = [found for found in builder.acts[node] if found.act != act or not idle(_started(found, edges))]


def _started(found: Evidence, edges: Iterable[Edge]) -> list[Node]:
    """Return what the very command starts: others on its line are not it."""
    return [edge.target for edge in edges if edge.step.line == found.line and found.what in edge.step.what]


def _only_train(targets: Iterable[Node], leads: dict[Node, frozenset[str]]) -> bool:
    acts = [leads.get(target, frozenset()) for target in targets]
    return bool(acts) and all(_TRAINS in found and found.isdisjoint(_MORE) for found in acts)


def _do_else(targets: Iterable[Node], leads: dict[Node, frozenset[str]]) -> bool:
    acts = [leads.get(target, frozenset()) for target in targets]
    return bool(acts) and all(found and _TRAINS not in found for found in acts)
