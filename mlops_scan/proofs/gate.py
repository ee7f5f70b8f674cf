"""A comparison decides whether an act happens."""

from __future__ import annotations

import bisect
import itertools
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.assessment import Proven
from mlops_scan.chains import Node, Step
from mlops_scan.facts.kinds import Call, Condition, Loop
from mlops_scan.globs import matcher
from mlops_scan.proofs.names_only import asking_in_vain
from mlops_scan.proofs.stoppable import stoppable
from mlops_scan.proofs.verdicts import is_word, verdicts
from mlops_scan.proofs.within import within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.chains import Reached
    from mlops_scan.evidence import FileFacts
    from mlops_scan.model import Proof
    from mlops_scan.proofs.verdicts import Kept, Verdicts
    from mlops_scan.proofs.within import Within

_DETECTOR = "model.gate"
_SUMMARY = "A comparison decides whether the code {}."
_GOES_ON = {"": "goes on", "uploads": "puts the model where it is taken from"}
_END = 10**9
_DIRECT = 2  # the call, and what the function compares


class Gate(NamedTuple):
    """A condition with the file it stands in, and how it came to know of the comparison (empty: it compares).

    ``rival``: what it compares with is what is in use. ``round`` is where the loop begins in which it stands.
    """

    path: str
    condition: Condition
    asked: tuple[Step, ...]
    rival: bool = False
    round: int = 0


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield conditions over comparisons that do one of ``proof.must``, whose outcome decides on ``proof.acts``."""
    telling = frozenset((*proof.must, *proof.search, *proof.measured))
    if not any(e.act in telling for e in known.evidence):
        return
    started, ways = stoppable(proof, known), within(known.graph)
    for gate in _gates(proof, known, ways):
        if proof.first and not _comes_after(gate, proof, ways):
            continue
        if gate.round and _makes_first(gate, proof, ways):
            continue
        reached = _decided(gate, proof, ways)
        stops = gate.condition.stops == "run" and Node(gate.path, gate.condition.unit) in started
        if reached or stops or _starts_unknown(gate, proof, ways):
            step = Step(
                gate.path,
                gate.condition.line,
                f"decides by {', '.join(gate.condition.operands)}",
            )
            chain = (step, *gate.asked, *(reached.chain if reached else ()))
            act = reached.evidence.act if reached else ""
            summary = _SUMMARY.format(_GOES_ON.get(act, act))
            yield Proven(_DETECTOR, gate.path, gate.condition.line, "strong", summary, chain)


def _comes_after(gate: Gate, proof: Proof, ways: Within) -> bool:
    """Tell whether the unit does one of ``proof.first`` before it compares, and none of ``proof.never``."""
    node = Node(gate.path, gate.condition.unit)
    first, never = ways.next_line(node, proof.first) or _END, ways.next_line(node, proof.never) or _END
    return first < gate.condition.line <= never


def _makes_first(gate: Gate, proof: Proof, ways: Within) -> bool:
    """Tell whether each round of a loop does one of ``proof.rounds`` before it compares."""
    made = ways.next_line(Node(gate.path, gate.condition.unit), proof.rounds, gate.round) if proof.rounds else None
    return made is not None and made < gate.condition.line


def _starts_unknown(gate: Gate, proof: Proof, ways: Within) -> bool:
    """Tell whether the block of a pipeline starts only steps whose code is elsewhere, in images or made ready.

    What is unknown, and waits for a good metric, rather lets the model out than trains another one.
    """
    path, condition = gate[:2]
    if not condition.block or proof.first:
        return False
    node, lines = Node(path, condition.unit), (condition.line, condition.end)
    steps = (edge for edge in ways.started(node, *lines) if edge.step.path == path)
    done = {found.act for found in ways.graph.acts.get(node, ()) if lines[0] <= found.line <= lines[1]}
    return done <= set(proof.must) and not any(ways.graph.leads.get(edge.target) for edge in steps)


def _gates(proof: Proof, known: Known, ways: Within) -> Iterator[Gate]:
    """Yield conditions that compare what counts, ask a function that does, or for an outcome that was kept.

    What fails the run lets nothing begin: it counts only with ``proof.stops``, or for what stands under it. A search
    that finds only what measures well enough decides on all that follows it, see `_searches`; what acts by itself, and
    is handed an outcome, is decided by that (``deploy_step(decision=good_enough(auc))``).
    """
    telling = {(e.path, e.line) for e in known.evidence if e.act in proof.must and e.strength == "strong"}
    kept, in_vain, rivals = verdicts(proof, known), asking_in_vain(known, ways), matcher(proof.rivals)
    yield from _searches(proof, known, ways)
    yield from _handed(proof, known, kept)
    early = proof.stops or proof.first
    for file in known.files:
        product = file.of(Condition) if file.role == "product" else ()
        counting = [fact for fact in product if not fact.kept and (early or fact.stops != "run")]
        repeated = _repeated(file)
        tried = _tried(file, proof, {fact.unit for fact in counting})
        for fact in counting:
            if fact.unit not in tried:
                if (file.path, fact.line) in telling and not in_vain(file.path, fact):
                    rival = any(map(rivals, fact.operands)) and not repeated(fact.line)
                    yield Gate(file.path, fact, (), rival, repeated(fact.line))
                elif (one := kept.asked(file.path, fact)) and not _is_of_others(one, file.path, fact, ways):
                    named = fact.operands if one.name in fact.operands else (one.name,)
                    yield Gate(file.path, msgspec.structs.replace(fact, operands=named), one.chain)
                elif asked := _asked(file.path, fact, proof, ways):
                    yield Gate(file.path, fact, asked.chain)


def _is_of_others(kept: Kept, path: str, condition: Condition, ways: Within) -> bool:
    """Tell whether a condition takes the answer of functions of its own file, and another one keeps the verdict."""
    unit = Node(path, condition.unit)
    asked = {n for name in condition.operands for n in ways.called(unit, name) if n.path == kept.path == path}
    return condition.asks and bool(asked) and Node(kept.path, kept.unit) not in asked


def _repeated(file: FileFacts) -> Callable[[int], int]:
    """Return what tells where the loop begins in which a line of a file stands, 0 where it stands in none."""
    loops = sorted((loop.line, loop.end) for loop in file.of(Loop))
    first = [line for line, _ in loops]
    last = list(itertools.accumulate((end for _, end in loops), max))
    return lambda line: (
        first[place - 1] if (place := bisect.bisect_right(first, line)) and last[place - 1] >= line else 0
    )


def _tried(file: FileFacts, proof: Proof, units: set[str]) -> frozenset[str]:
    """Return those units of a file that make up the data which they ask about: they show what would happen."""
    invents = matcher(proof.made_up)
    return frozenset(
        call.unit
        for call in (file.of(Call) if proof.made_up and units else ())
        if call.unit in units and (invents(call.name) or invents(call.name.rpartition(".")[2]))
    )


def _handed(proof: Proof, known: Known, kept: Verdicts) -> Iterator[Gate]:
    """Yield the acts that are handed an outcome, as conditions on themselves."""
    for e in known.evidence if kept.handed else ():
        asked = kept.given(e.path, e.line, e.what) if e.act in proof.acts and e.strength == "strong" else ()
        if asked:
            function = kept.handed[e.path, e.line, e.what]
            yield Gate(e.path, Condition(line=e.line, operands=(function,), end=e.line, unit=e.unit), asked)


def _searches(proof: Proof, known: Known, ways: Within) -> Iterator[Gate]:
    """Yield the searches that find only what measures well enough, as conditions on the rest of their unit.

    They end where one of ``proof.never`` begins: what is made after the search was not among what it found.
    """
    for e in known.evidence if proof.search else ():
        if e.act in proof.search and e.strength == "strong":
            end = ways.next_line(Node(e.path, e.unit), proof.never, e.line) or _END
            yield Gate(e.path, Condition(line=e.line, operands=(e.what,), end=end - 1, unit=e.unit), ())


def _asked(path: str, condition: Condition, proof: Proof, ways: Within) -> Reached | None:
    """Return the comparison in the function whose answer the condition takes.

    What a step gives that measures a model says how good that is, for the pipeline that asks for it. Of what makes a
    model, where comparisons choose among many things, a flag tells nothing, nor of what another function compares.
    """
    wanted = frozenset((*proof.must, *(proof.measured if condition.block else ())))
    never = frozenset(proof.never) if condition.bare else frozenset[str]()
    answers = (ways.answer(Node(path, condition.unit), name, wanted, never) for name in condition.operands)
    found = (one for one in answers if one and not (condition.bare and condition.asks and len(one.chain) > _DIRECT))
    return min(found, key=lambda reached: reached.chain[0].line, default=None)


def _decided(gate: Gate, proof: Proof, ways: Within) -> Reached | None:
    """Return the act that the condition's branch comes to; after a condition that stops, the rest of its unit.

    A word tells of predictions as well as of models, and does not decide on what ``proof.asked`` names.
    """
    path, condition, asked, rival = gate[:4]
    node = Node(path, condition.unit)
    sure = rival or (bool(asked) and not any(map(is_word, condition.operands)))
    wanted = frozenset((*proof.acts, *(proof.asked if sure else ())))
    last = _END if condition.stops and not (proof.first and condition.stops == "run") else condition.end
    return ways.first_between(node, condition.line, min(last, _made_anew(node, condition, proof, ways)), wanted)


def _made_anew(node: Node, condition: Condition, proof: Proof, ways: Within) -> int:
    """Return the last line before one of ``proof.never`` begins of which nothing came before the condition.

    What was compared is then the model that is replaced: whether to train is decided, and the new one goes out anyway.
    """
    first = ways.next_line(node, proof.never) if proof.never and not proof.first else None
    return first - 1 if first and first > condition.line else _END
