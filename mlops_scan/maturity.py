"""Evidence and chains -> assessment: kind, capabilities, level, gaps."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan import (
    advice,
    apart,
    claims,
    disputes,
    kind,
    model,
    offered,
    origins,
    proofs,
    standing,
    team,
    uncalled,
    use_cases,
    wording,
)
from mlops_scan.assessment import Answer, Assessment, Known, Origin, Proven, shown
from mlops_scan.facts.kinds import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mlops_scan.chains import Graph
    from mlops_scan.evidence import Evidence, FileFacts
    from mlops_scan.model import Acts, Capability, Model
    from mlops_scan.spec import Tool

MAX_PROOFS = 20


def known(
    files: Iterable[FileFacts],
    evidence: Iterable[Evidence],
    graph: Graph,
    history: Mapping[str, frozenset[str]] | None,
    own_tools: tuple[Tool, ...] = (),
    inner_tools: tuple[Tool, ...] = (),
    said: claims.Claims = claims.NONE,
    built_on: tuple[Evidence, ...] = (),
) -> Known:
    """Return everything that judging may look at.

    ``own_tools`` are tools that the repository itself develops, ``inner_tools`` those of its packages in folders too;
    ``said`` is what its team claims, ``built_on`` what tells that a package it publishes is about ML.
    """
    evidence = tuple(evidence)
    acts = frozenset(found.act for found in evidence if found.act and found.strength == "strong")
    return Known(tuple(files), evidence, graph, history, acts, own_tools, inner_tools, said, built_on)


def assess(
    known: Known,
    source: Origin,
    diagnostics: Iterable[Diagnostic] = (),
    aim: int = 0,
    ladder: Model | None = None,
    answered: Mapping[str, Answer] = MappingProxyType({}),
) -> Assessment:
    """Judge a repository by a maturity model; gaps go up to the next level, or to ``aim`` where that is higher.

    ``answered`` are answers by capability that hold already.
    """
    ladder = ladder or model.load()
    marked = origins.marker(known.evidence)
    kind_, told_by = kind.judged(known, ladder)
    judged = _Judge(ladder, known, kind_, marked, disputes.marker(known.claims.disputed))
    answers = tuple(answered.get(each.id) or _answer(each, judged) for each in ladder.capability)
    present = frozenset(answer.id for answer in answers if answer.holds)
    detected = frozenset(answer.id for answer in answers if answer.status == "present")
    level, complete = (None, False) if kind_ == "no-ml" else standing.level_of(ladder, present)
    found = Assessment(
        source=source,
        kind=kind_,
        level=level,
        level_name="not applicable" if level is None else ladder.level[level].name,
        complete=complete,
        capabilities=answers,
        gaps=() if level is None else standing.gaps(ladder, max(level + 1, aim), present),
        diagnostics=(*_of_claims(known, answers), *diagnostics),
        kind_evidence=tuple(map(marked, told_by)),
        use_cases=use_cases.found(known, marked) if kind_ == "ml-system" else (),
        detected_level=None if level is None else standing.level_of(ladder, detected)[0],
        dimensions=() if level is None else standing.dimensions(ladder, present),
        model=ladder.ladder,
        team=None if level is None else team.found(known, ladder, answers),
    )
    return advice.advised(found, advice.seen(known.evidence, known.graph))


class _Judge(NamedTuple):
    """What every answer is judged with."""

    ladder: Model
    known: Known
    kind: str
    origin: Callable[[Proven], Proven]
    disputed: Callable[[Proven], Proven]

    def applies(self, capability: Capability) -> bool:
        """Tell whether a question can be asked: above the first level all are about models."""
        return self.kind != "no-ml" or capability.level <= self.ladder.level[1].number


def _answer(capability: Capability, judge: _Judge) -> Answer:
    strong, weak = _found(capability, judge.known, judge.kind, applies=judge.applies(capability))
    proven = tuple(dict.fromkeys(judge.disputed(judge.origin(found)) for found in (*strong, *weak)))
    counted = tuple(found for found in proven if not found.disputed)
    attestation = next((said for said in judge.known.claims.attested if said.capability == capability.id), None)
    return Answer(
        id=capability.id,
        level=capability.level,
        required=judge.ladder.required(capability.id),
        status=_status({found.strength for found in counted}, attested=attestation is not None),
        evidence=_foremost(counted) + tuple(found for found in proven if found.disputed)[:MAX_PROOFS],
        attestation=attestation,
    )


def _foremost(proven: Iterable[Proven]) -> tuple[Proven, ...]:
    """Return the proofs that are kept: strong ones first, and what a detector says of a file once, then more."""
    told: set[tuple[str, str, str]] = set()
    ranked = []
    for one in proven:
        place = (one.strength, one.path, one.detector)
        ranked.append((one.strength != "strong", place in told, one))
        told.add(place)
    return tuple(one for *_, one in sorted(ranked, key=lambda found: found[:2]))[:MAX_PROOFS]


def _found(capability: Capability, known: Known, kind: str, *, applies: bool) -> tuple[list[Proven], list[Proven]]:
    """Return what proves a capability, and what is only at hand: all of it where the question does not apply."""
    found = [e for e in known.evidence if capability.id in e.proves]
    if capability.within and kind == "ml-library":
        found = offered.weakened(found, known, _leading_to(capability.within, known))
    if capability.called:
        found = uncalled.weakened(found, known)
    telling = _leading(capability, [e for e in found if e.strength == "strong"], known)
    strong = [shown(e) for e in telling] if capability.evidence else []
    for proof in capability.proof if applies else ():
        if (proof.of_system and kind == "ml-library") or (proof.otherwise and strong):
            continue
        if not proof.given or known.acts.intersection(proof.given):
            strong.extend(proofs.decide(proof, capability.id, known))
    weak = [shown(e) for e in found if e.strength == "weak"]
    if not applies or (capability.given and known.acts.isdisjoint(capability.given)):
        return [], [shown(msgspec.structs.replace(e, strength="weak")) for e in found]
    declaring = [e.path for e in telling] if capability.declares else None
    others = apart.found(known, capability.beside, declaring) if capability.beside and strong else frozenset()
    weak.extend(msgspec.structs.replace(proven, strength="weak") for proven in strong if proven.path in others)
    return [proven for proven in strong if proven.path not in others], weak


def _leading(capability: Capability, found: list[Evidence], known: Known) -> list[Evidence]:
    """Return the evidence in files that lead to what the capability is about; else that in files about nothing else.

    What is run elsewhere is known by what it is called.
    """
    if not (capability.through and found):
        return found
    for acts in capability.through:
        leads = _leading_to(acts, known)
        if telling := [one for one in found if one.path in leads]:
            return telling
    others = _leading_to(capability.not_through, known)
    rest = [one for one in found if one.path not in others]
    saying = wording.saying(known.files, {one.path for one in rest}, capability.says) if capability.says else ()
    return [one for one in rest if not capability.says or one.path in saying]


def _leading_to(acts: Acts, known: Known) -> frozenset[str]:
    return frozenset(node.path for node, found in known.graph.leads.items() if not found.isdisjoint(acts))


def _status(strengths: set[str], *, attested: bool) -> str:
    if "strong" in strengths:
        return "present"
    if attested:
        return "attested"
    return "weak" if strengths else "absent"


def _of_claims(known: Known, answers: Iterable[Answer]) -> Iterator[Diagnostic]:
    """Say which claims of the team no longer do anything."""
    yield from (Diagnostic("", 0, told) for told in known.claims.dropped)
    places = {(found.detector, found.path) for found in known.evidence}
    places.update((found.detector, found.path) for answer in answers for found in answer.evidence)
    for dispute in disputes.unused(known.claims.disputed, places):
        what = " in ".join(filter(None, (dispute.detector, dispute.path)))
        yield Diagnostic("", 0, f"the dispute of {what} means nothing that was found: remove it")
