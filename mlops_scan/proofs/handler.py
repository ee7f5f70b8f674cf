"""What answers requests comes to every wanted act."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains import Step
from mlops_scan.chains.imports import LOADED
from mlops_scan.globs import matcher
from mlops_scan.proofs.chain import proven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known, Proven
    from mlops_scan.chains import Graph, Node, Reached
    from mlops_scan.model import Proof

_ANSWERS = "serves"
# a file as it is run, or imported
_NO_FUNCTION = frozenset({"", LOADED})
# what starts a server answers nothing itself
_STARTING = frozenset({"job", "step", "target", "task"})


class _Asked(NamedTuple):
    """What a request for a unit comes to: of each kind of act the nearest."""

    unit: Node
    nearest: dict[str, Reached]


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for each function that answers requests and comes to all of ``proof.reaches``, the chain to each.

    The last item comes first: it is the more telling, and a report shows one proof a file. With ``proof.words`` the
    function is called by one of them, and the repository does one of ``proof.given``. Where a function of a file comes
    to the first act of an item, another one there has to as well: what loads a model to change it applies none.
    """
    if proof.given and known.acts.isdisjoint(proof.given):
        return
    asked = list(_handlers(proof, known.graph))
    surest = {(one.unit.path, act) for one in asked for item in proof.reaches for act in item[:1] if act in one.nearest}
    for one in asked:
        acts = [item[:1] if (one.unit.path, item[0]) in surest else item for item in proof.reaches]
        ends = [next((one.nearest[act] for act in item if act in one.nearest), None) for item in acts]
        if all(ends) and one.nearest.keys().isdisjoint(proof.never):
            yield from (proven(end) for end in reversed(ends) if end)


def _handlers(proof: Proof, graph: Graph) -> Iterator[_Asked]:
    """Yield what answers requests in the files where one may come to all that is wanted."""
    functions = [node for node in graph.acts if node.unit not in _NO_FUNCTION]
    paths = {node.path for node in functions if graph.may_reach(node, proof.reaches)}
    called = matcher(proof.words or ("*",))
    for node in sorted(node for node in functions if node.path in paths):
        starting = graph.kinds.get(node) in _STARTING
        answers = next((act for act in graph.acts[node] if act.act == _ANSWERS and not starting), None)
        named = called(node.unit.rpartition(".")[2])
        if answers is not None and named and not (node in graph.kinds and _is_behind(node, graph)):
            step = Step(node.path, answers.line, f"answers with {node.unit}")
            nearest: dict[str, Reached] = {}
            for reached in graph.reach(_asked(node, graph), (step,)):
                nearest.setdefault(reached.evidence.act, reached)
            yield _Asked(node, nearest)


def _is_behind(node: Node, graph: Graph) -> bool:
    """Tell whether others answer for a container or the like: what it does as it starts is no answer."""
    return any(edge.answers for visit in graph.walk((node,)) for edge in graph.edges.get(visit.node, ()))


def _asked(node: Node, graph: Graph) -> list[Node]:
    """Return what answers, and of a class its methods, with those that it has from others: it is asked for them all."""
    found, seen = [node], {node}
    for unit in found:  # which grows while it is gone through
        for edge in graph.edges.get(unit, ()):
            of_class = edge.calls and (edge.answers or edge.step.what.startswith("is a "))
            if of_class and edge.target not in seen:
                seen.add(edge.target)
                found.append(edge.target)
    return found
