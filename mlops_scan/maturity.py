"""Evidence and chains -> assessment: kind, capabilities, level, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan import model, proofs
from mlops_scan.assessment import Answer, Assessment, Gap, Known, Origin, Proven

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mlops_scan.chains import Graph
    from mlops_scan.evidence import Evidence, FileFacts
    from mlops_scan.facts.kinds import Diagnostic
    from mlops_scan.model import Capability, Model

MAX_PROOFS = 20


def known(
    files: Iterable[FileFacts],
    evidence: Iterable[Evidence],
    graph: Graph,
    history: Mapping[str, frozenset[str]] | None,
    own_tools: frozenset[str] = frozenset(),
) -> Known:
    """Return everything that judging may look at; ``own_tools`` are tools that the repository itself develops."""
    evidence = tuple(evidence)
    acts = frozenset(found.act for found in evidence if found.act and found.strength == "strong")
    return Known(tuple(files), evidence, graph, history, acts, own_tools)


def assess(known: Known, source: Origin, diagnostics: Iterable[Diagnostic] = ()) -> Assessment:
    """Judge a repository by the maturity model."""
    ladder = model.load()
    answers = tuple(_answer(capability, ladder, known) for capability in ladder.capability)
    kind = kind_of(known, ladder)
    level, complete = (None, False) if kind == "no-ml" else level_of(ladder, _present(answers))
    return Assessment(
        source=source,
        kind=kind,
        level=level,
        level_name="not applicable" if level is None else ladder.level[level].name,
        complete=complete,
        capabilities=answers,
        gaps=() if level is None else gaps(ladder, level, _present(answers)),
        diagnostics=tuple(diagnostics),
    )


def _present(answers: Iterable[Answer]) -> frozenset[str]:
    return frozenset(answer.id for answer in answers if answer.status in {"present", "attested"})


def _answer(capability: Capability, ladder: Model, known: Known) -> Answer:
    found = [e for e in known.evidence if capability.id in e.proves]
    strong = [_proven(e) for e in found if e.strength == "strong"] if capability.evidence else []
    for proof in capability.proof:
        if not proof.given or known.acts.intersection(proof.given):
            strong.extend(proofs.decide(proof, capability.id, known))
    if capability.given and known.acts.isdisjoint(capability.given):
        strong, found = [], [msgspec.structs.replace(e, strength="weak") for e in found]
    weak = [_proven(e) for e in found if e.strength == "weak"]
    status = "present" if strong else "weak" if weak else "absent"
    return Answer(
        id=capability.id,
        level=capability.level,
        required=ladder.required(capability.id),
        status=status,
        evidence=tuple(dict.fromkeys((*strong, *weak)))[:MAX_PROOFS],
    )


def _proven(found: Evidence) -> Proven:
    return Proven(found.detector, found.path, found.line, found.strength, found.summary)


def kind_of(known: Known, ladder: Model) -> str:
    """Return ml-system, ml-library or no-ml.

    A library is the repository of a tool that the catalogue knows, or a package that it publishes for others.
    """
    acts = {found.act for found in known.evidence}
    if known.own_tools:
        return "ml-library"
    if acts.isdisjoint(ladder.kind.ml):
        return "no-ml"
    strong = (found.detector.partition(".")[2] for found in known.evidence if found.strength == "strong")
    published = any(question in ladder.kind.publishing for question in strong)
    return "ml-library" if published else "ml-system"


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
