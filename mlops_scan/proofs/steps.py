"""A unit runs several separate programs in order, one of which does what is wanted."""

from __future__ import annotations

import itertools
import posixpath
import re
from typing import TYPE_CHECKING

from mlops_scan.chains import Node
from mlops_scan.facts.kinds import Choice
from mlops_scan.facts.shell_containers import awaited
from mlops_scan.globs import matcher
from mlops_scan.proofs.chain import told
from mlops_scan.proofs.within import between, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mlops_scan.assessment import Known, Proven
    from mlops_scan.chains import Edge, Graph, Reached, Step
    from mlops_scan.model import Proof
    from mlops_scan.proofs.within import Within


_FITS = ".fit"
_MAKES = ".__init__"
_CALLS = "calls "
_WORD = re.compile(r"[a-z]+")
_NEEDING = frozenset({"job", "stage", "task"})  # begin when what they need has ended, wherever they are declared
_DECLARING = (".json", ".py", ".toml", ".yaml", ".yml")  # the stages of Jenkins run as they stand, and so do calls
_BESIDE = frozenset({"service", "container", "deployment", "page"})  # what runs beside each other is no sequence


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield the steps of units that run enough of them: an act of each, as different as they can be."""
    return told(_sequences(proof, known))


def _sequences(proof: Proof, known: Known) -> Iterator[list[Reached]]:
    graph, product, ways = known.graph, product_files(known), within(known.graph)
    choices = {file.path: file.of(Choice) for file in known.files if file.path in product}
    for node in sorted(node for node in graph.edges if graph.may_reach(node, (proof.must,)) and node.path in product):
        apart = _of_training(_apart(programs(node, graph), proof, graph), proof, graph)
        run = _in_one_run(apart, node.path, choices[node.path])
        if len({edge.target for edge in run}) >= proof.at_least:
            different = _different((edge.target, _acts(edge, proof, ways)) for edge in run)
            steps = [] if _are_alike(different, proof) else _told_apart([acts for _, acts in different])
            if len(steps) >= proof.at_least and any(reached.evidence.act in proof.must for reached in steps):
                yield steps


def _apart(found: Iterable[Edge], proof: Proof, graph: Graph) -> list[Edge]:
    """Leave one of the files that one command starts at once: one that does what is wanted, else another act.

    Functions that a loop calls on one line are called one after the other.
    """
    kept: dict[tuple[Step, str, str], Edge] = {}
    for edge in found:
        key = (edge.step, edge.target.unit, edge.target.path if edge.calls else "")
        if key not in kept or _tells(edge, proof, graph) > _tells(kept[key], proof, graph):
            kept[key] = edge
    return list(kept.values())


def _tells(edge: Edge, proof: Proof, graph: Graph) -> tuple[bool, bool]:
    """Return how much a program may do of what is asked: settings that it is given do nothing of it."""
    return graph.may_reach(edge.target, (proof.must,)), graph.may_reach(edge.target, (proof.acts,))


def _of_training(found: list[Edge], proof: Proof, graph: Graph) -> list[Edge]:
    """Leave out what measures before anything is trained: that is a model of another run."""
    begin = min((edge.step for edge in found if graph.may_reach(edge.target, (proof.must,))), key=_line, default=None)
    return [edge for edge in found if not (begin and _is_ahead(edge.step, begin) and _measures(edge, proof, graph))]


def _line(step: Step) -> int:
    return step.line


def _is_ahead(step: Step, other: Step) -> bool:
    return step.path == other.path and step.line < other.line


def _measures(edge: Edge, proof: Proof, graph: Graph) -> bool:
    declared = not edge.calls and edge.step.path.endswith(_DECLARING)
    ordered = not declared or graph.kinds.get(edge.target) not in _NEEDING
    return ordered and bool(proof.measured) and graph.may_reach(edge.target, (proof.measured,))


def _in_one_run(found: list[Edge], path: str, choices: Sequence[Choice]) -> list[Edge]:
    """Leave of the branches of a choice, of which a run takes one, that which starts most."""
    own = sorted((edge for edge in found if edge.step.path == path), key=lambda edge: edge.step.line)
    others: set[Edge] = set()
    for choice in choices if own[1:] else ():
        branches = [[edge for edge in between(own, *span) if edge not in others] for span in choice.spans]
        most = max(branches, key=lambda branch: len({edge.target for edge in branch}), default=[])
        others.update(edge for branch in branches if branch is not most for edge in branch)
    return [edge for edge in found if edge not in others]


def product_files(known: Known) -> frozenset[str]:
    """Return the files whose units may be pipelines: what a test sets up is none."""
    return frozenset(file.path for file in known.files if file.role == "product")


def programs(node: Node, graph: Graph) -> Iterator[Edge]:
    """Yield the links of a unit to what can run by itself: files, tasks, and functions that their file runs too.

    What goes on in the background is a step only where nothing follows it.
    """
    last = graph.edges[node][-1].step.line if graph.edges[node] else 0
    for edge in graph.edges[node]:
        kind = graph.kinds.get(edge.target)
        if edge.answers or (edge.beside and edge.step.line < last):
            continue  # who asks decides in which order a service answers
        if kind == "step":
            yield from programs(edge.target, graph) if edge.target in graph.edges else ()
        elif (kind not in _BESIDE or _waits(edge.step.what)) and (
            not edge.calls or kind or _runs_by_itself(edge.target, node, graph)
        ):
            yield edge


def _waits(command: str) -> bool:
    """Tell whether a command runs something in a container to its end: ``docker compose run --rm train``."""
    return awaited(command.split()) or awaited(command.partition(": ")[2].split())


def _runs_by_itself(node: Node, caller: Node, graph: Graph) -> bool:
    """Tell whether a function of another file is what that file does when it is run.

    To make an object is to run nothing yet, and to fit a model is no program, though its file may try it out.
    """
    if node.unit.endswith((_FITS, _MAKES)) or node.path == caller.path:
        return False
    whole = Node(node.path, "")
    return any(
        source == whole or (not edge.calls and source.path == node.path and _is_started(source, whole, graph))
        for source, edge in graph.sources.get(node, ())
    )


def _is_started(group: Node, whole: Node, graph: Graph) -> bool:
    """Tell whether a file starts an application that it has commands for (``app()`` of Typer or Click)."""
    return any(source == whole for source, _ in graph.sources.get(group, ()))


def _acts(edge: Edge, proof: Proof, ways: Within) -> dict[str, Reached]:
    """Return the nearest of each act that a program comes to, the most telling first; of none that is no step."""
    if not ways.comes_to(edge, proof.must) and ways.comes_to(edge, proof.never):
        return {}
    nearest = ((act, ways.comes_to(edge, (act,))) for act in (*proof.must, *proof.acts))
    return {act: reached for act, reached in nearest if reached}


def _different(programs: Iterable[tuple[Node, dict[str, Reached]]]) -> list[tuple[Node, dict[str, Reached]]]:
    """Leave out what comes to what another comes to in the same way: what runs one program is one step."""
    found: dict[frozenset[tuple[str, ...]], tuple[Node, dict[str, Reached]]] = {}
    for node, acts in programs:
        found.setdefault(frozenset(map(_way, acts.values())), (node, acts))
    return list(found.values())


def _are_alike(programs: list[tuple[Node, dict[str, Reached]]], proof: Proof) -> bool:
    """Tell whether all programs do what is wanted and are called so: models beside each other, and no steps to one."""
    wanted = all(not acts.keys().isdisjoint(proof.must) for _, acts in programs if acts)
    return wanted and any(all(_says(node, word) for node, _ in programs) for word in proof.must_say)


def _says(node: Node, word: str) -> bool:
    """Tell whether the name of a program, or of its file, has a word."""
    said = node.unit.rpartition(".")[2] or posixpath.splitext(posixpath.basename(node.path))[0]
    return any(matcher((word,))(part) for part in _WORD.findall(said.lower()))


def _way(reached: Reached) -> tuple[str, ...]:
    """Return where an act is, and what the last program on the way to it was told, whoever ran that."""
    place = (reached.evidence.path, str(reached.evidence.line))
    for step, inside in reversed(tuple(itertools.pairwise(reached.chain))):
        if inside.path != step.path and not step.what.startswith(_CALLS):
            stem = posixpath.splitext(posixpath.basename(inside.path))[0]
            return (*place, inside.path, step.what.partition(stem)[2].removeprefix(".py"))
    return (*place, *(step.what.partition(": ")[2] or step.what for step in reached.chain[1:]))


def _told_apart(programs: list[dict[str, Reached]]) -> list[Reached]:
    """Return an act of each program that no other was taken for; programs with the fewest acts choose first."""
    taken: dict[str, tuple[int, Reached]] = {}
    for number, acts in sorted(enumerate(programs), key=lambda program: (len(program[1]), program[0])):
        act = next((act for act in acts if act not in taken), None)
        if act is not None:
            taken[act] = (number, acts[act])
    return [reached for _, reached in sorted(taken.values(), key=lambda step: step[0])]
