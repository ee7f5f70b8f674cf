"""Evidence and chains -> assessment: kind, capabilities, level, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan import kind, model, origins, proofs, use_cases
from mlops_scan.assessment import Answer, Assessment, Gap, Known, Origin, Proven, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mlops_scan.chains import Graph
    from mlops_scan.evidence import Evidence, FileFacts
    from mlops_scan.facts.kinds import Diagnostic
    from mlops_scan.model import Capability, Model
    from mlops_scan.spec import Tool

MAX_PROOFS = 20


def known(
    files: Iterable[FileFacts],
    evidence: Iterable[Evidence],
    graph: Graph,
    history: Mapping[str, frozenset[str]] | None,
    own_tools: tuple[Tool, ...] = (),
    inner_tools: tuple[Tool, ...] = (),
    built_on: tuple[Evidence, ...] = (),
) -> Known:
    """Return everything that judging may look at.

    ``own_tools`` are tools that the repository itself develops, ``inner_tools`` those of its packages in folders too;
    ``built_on`` is what tells that a package which it publishes is about machine learning.
    """
    evidence = tuple(evidence)
    acts = frozenset(found.act for found in evidence if found.act and found.strength == "strong")
    return Known(tuple(files), evidence, graph, history, acts, own_tools, inner_tools, built_on)


def assess(known: Known, source: Origin, diagnostics: Iterable[Diagnostic] = ()) -> Assessment:
    """Judge a repository by the maturity model."""
    ladder = model.load()
    marked = origins.marker(known.evidence)
    answers = tuple(_answer(capability, ladder, known, marked) for capability in ladder.capability)
    kind_, told_by = kind.judged(known, ladder)
    level, complete = (None, False) if kind_ == "no-ml" else level_of(ladder, _present(answers))
    return Assessment(
        source=source,
        kind=kind_,
        level=level,
        level_name="not applicable" if level is None else ladder.level[level].name,
        complete=complete,
        capabilities=answers,
        gaps=() if level is None else gaps(ladder, level, _present(answers)),
        diagnostics=tuple(diagnostics),
        kind_evidence=tuple(map(marked, told_by)),
        use_cases=use_cases.found(known, marked) if kind_ == "ml-system" else (),
    )


def _present(answers: Iterable[Answer]) -> frozenset[str]:
    return frozenset(answer.id for answer in answers if answer.status in {"present", "attested"})


def _answer(capability: Capability, ladder: Model, known: Known, marked: Callable[[Proven], Proven]) -> Answer:
    found = [e for e in known.evidence if capability.id in e.proves]
    strong = [shown(e) for e in found if e.strength == "strong"] if capability.evidence else []
    for proof in capability.proof:
        if not proof.given or known.acts.intersection(proof.given):
            strong.extend(proofs.decide(proof, capability.id, known))
    if capability.given and known.acts.isdisjoint(capability.given):
        strong, found = [], [msgspec.structs.replace(e, strength="weak") for e in found]
    weak = [shown(e) for e in found if e.strength == "weak"]
    status = "present" if strong else "weak" if weak else "absent"
    return Answer(
        id=capability.id,
        level=capability.level,
        required=ladder.required(capability.id),
        status=status,
        evidence=tuple(map(marked, tuple(dict.fromkeys((*strong, *weak)))[:MAX_PROOFS])),
    )


def level_of(ladder: Model, present: frozenset[str]) -> tuple[int, bool]:
    """Return the level that the present capabilities reach, and whether it is complete.

    A level is reached with `Model.share` of its required items while every level below is reached. A ladder that
    stops although the level after the next is complete is one step higher.
    """
    have = {level.number: sum(bool(present.intersection(item)) for item in level.required) for level in ladder.level}
    need = {level.number: len(level.required) for level in ladder.level}
    top = ladder.level[-1].number
    part, whole = ladder.share
    level = 0
    while level < top and whole * have[level + 1] >= part * need[level + 1]:
        level += 1
    if level + 2 <= top and have[level + 2] == need[level + 2]:
        level += 1
    return level, have[level] == need[level]


def gaps(ladder: Model, level: int, present: frozenset[str]) -> tuple[Gap, ...]:
    """Return what is still open: required items of the levels up to the next one that are absent."""
    advice = {capability.id: capability.next for capability in ladder.capability}
    return tuple(
        Gap(step.number, item, advice[item[0]])
        for step in ladder.level
        if step.number <= level + 1
        for item in step.required
        if not present.intersection(item)
    )
