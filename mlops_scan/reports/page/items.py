"""The capabilities of the page: by level and dimension, each with as much of its evidence as there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan import model
from mlops_scan.reports.assessments.text import required
from mlops_scan.reports.page import graph, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer, Assessment, Proven
    from mlops_scan.ladder import Ladder
    from mlops_scan.model import Capability, Model
    from mlops_scan.reports.page.said import Places

    Write = Callable[[dict[str, object]], str]

# bytes of all evidence together: with what stands around it a page stays under 3 MB, which a mail still takes
ROOM = 2_000_000
MOST_PROOFS = 50


def levels(assessment: Assessment, where: Places, write: Write) -> list[dict[str, object]]:
    """Return the levels from the first that asks anything, each with a cell a dimension; ``write`` renders evidence."""
    answers = {answer.id: answer for answer in assessment.capabilities}
    room = ROOM // max(len(answers), 1)
    items = {name: _item(answer, assessment.model, where, write, room) for name, answer in answers.items()}
    by = model.of(assessment.model)
    groups = dict.fromkeys(one.level for one in by.capability)
    return [found for number in groups if (found := _group(number, by, items))["asked"]]


def _group(number: int, by: Model, items: dict[str, dict[str, object]]) -> dict[str, object]:
    asked = [one for one in by.capability if one.level == number and one.id in items]
    cells = [
        (dimension.name, [items[one.id] for one in asked if one.dimension == dimension.id])
        for dimension in by.dimension
    ]
    held = sum(bool(items[one.id]["holds"]) for one in asked)
    return {
        "number": number,
        "name": by.ladder.heading(number).partition(": ")[2],
        "held": held,
        "asked": len(asked),
        "cells": cells,
    }


def _item(answer: Answer, ladder: Ladder, where: Places, write: Write, room: int) -> dict[str, object]:
    asked = _capability(answer.id)
    counting = [proof for proof in answer.evidence if not proof.disputed]
    shown = _written(answer, where, write, room)
    return {
        "id": answer.id,
        "name": said.named(answer.id),
        "question": asked.question,
        "next": "" if answer.holds else asked.next,
        "status": answer.status,
        "holds": answer.holds,
        "required": required(answer, ladder).strip(" ()"),
        "attestation": said.attestation(answer.attestation) if answer.attestation else None,
        "graph": graph.drawn([proof.chain for proof in counting if proof.chain]),
        "proofs": shown,
        "left": len(answer.evidence) - len(shown),
    }


def _capability(name: str) -> Capability:
    return next(one for one in model.questions().capability if one.id == name)


def _alike(one: Proven, other: Proven) -> bool:
    """Tell whether two pieces of evidence say the same, at two places."""
    alike = msgspec.structs.replace(one, detector=other.detector, path=other.path, line=other.line) == other
    return alike and not other.chain and not other.disputed


def _written(answer: Answer, where: Places, write: Write, room: int) -> list[str]:
    """Return evidence as markup, while there is room."""
    shown: list[str] = []
    for before, proof in zip((None, *answer.evidence), answer.evidence[:MOST_PROOFS], strict=False):
        again = before is not None and _alike(before, proof)
        markup = write({**said.evidence(proof, where), "again": again})
        room -= len(markup.encode())
        if room < 0:
            break
        shown.append(markup)
    return shown
