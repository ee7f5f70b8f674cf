"""What answers requests comes to every wanted act."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains import Node, Step
from mlops_scan.chains.imports import LOADED
from mlops_scan.globs import matcher
from mlops_scan.proofs.chain import proven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known, Proven
    from mlops_scan.chains import Graph, Reached
    from mlops_scan.model import Proof

_ANSWERS, _ROUTE, _PAGE = "serves", "route ", "page"
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
    wanted = (*proof.reaches, *([proof.given] if proof.given else ()))
    if any(known.acts.isdisjoint(item) for item in wanted):
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
    called = matcher(proof.words or ("*",))
    answering = dict((*_answering(graph), *_pages(graph)))
    paths = {node.path for node in answering if graph.may_reach(node, proof.reaches)}
    for node in sorted(node for node in answering if node.path in paths and called(node.unit.rpartition(".")[2])):
        if not (node in graph.kinds and _is_behind(node, graph)):
            nearest: dict[str, Reached] = {}
            for reached in graph.reach(_asked(node, graph), (answering[node],)):
                nearest.setdefault(reached.evidence.act, reached)
            yield _Asked(node, nearest)


def _answering(graph: Graph) -> Iterator[tuple[Node, Step]]:
    """Yield what answers requests: what an address leads to, what an interface is handed, and what says so itself.

    An application whose addresses are in its file is handed what it does beside them. A function that makes one with
    its addresses in it answers nothing itself: it runs once, before anybody asks.
    """
    asked: set[str] = set()
    making: set[Node] = set()
    classes: set[Node] = set()
    for node, edges in graph.edges.items():
        for edge in edges:
            if edge.answers:
                asked.add(node.path)
                making.add(Node(edge.target.path, edge.target.unit.rpartition(".")[0]))
                classes.update((node,) if edge.calls else ())
                if edge.step.what.startswith(_ROUTE):
                    yield edge.target, _answer(edge.target, edge.step.line, edge.step.path)
    for node, acts in graph.acts.items():
        answers = [act for act in acts if act.act == _ANSWERS]
        told = {act.line for act in answers if act.references} if node.path not in asked else ()
        for edge in graph.edges.get(node, ()) if told else ():
            if edge.step.line in told:
                yield edge.target, _answer(edge.target, edge.step.line, edge.step.path)
        starting = node in making - classes or graph.kinds.get(node) in _STARTING
        if answers and node.unit not in _NO_FUNCTION and not starting:
            yield node, _answer(node, answers[0].line, node.path)


def _pages(graph: Graph) -> Iterator[tuple[Node, Step]]:
    """Yield the code that shows a page, and runs anew for whatever somebody does on it."""
    for node, kind in graph.kinds.items():
        if kind == _PAGE:
            yield node, Step(node.path, graph.lines.get(node, 1), f"shows {node.unit or node.path}")


def _answer(node: Node, line: int, path: str) -> Step:
    return Step(path, line, f"answers with {node.unit}")


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
