"""The level that a repository would have with other capabilities, and what would be next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan import model, standing
from mlops_scan.assessment import Answer, Assessment, Gap

if TYPE_CHECKING:
    from collections.abc import Collection


class Imagined(msgspec.Struct, frozen=True):
    """An assessment as it would be: ``level`` and ``complete``, what is open up to the level after it.

    ``before`` is the level as it is. ``added`` and ``removed`` are the capabilities that would change.
    """

    before: int
    level: int
    level_name: str
    complete: bool
    added: tuple[str, ...]
    removed: tuple[str, ...]
    gaps: tuple[Gap, ...]


def imagined(assessment: Assessment, add: Collection[str], without: Collection[str]) -> Imagined | None:
    """Return what an assessment would be with some capabilities and without others; None where no level applies."""
    if assessment.level is None:
        return None
    judge = model.of(assessment.model)
    present = frozenset(answer.id for answer in assessment.capabilities if answer.holds)
    then = present.union(add).difference(without)
    level, complete = standing.level_of(judge, then)
    return Imagined(
        before=assessment.level,
        level=level,
        level_name=assessment.model.level[level].name,
        complete=complete,
        added=_listed(assessment.capabilities, then - present),
        removed=_listed(assessment.capabilities, present - then),
        gaps=standing.gaps(judge, level + 1, then),
    )


def _listed(answers: tuple[Answer, ...], names: Collection[str]) -> tuple[str, ...]:
    return tuple(answer.id for answer in answers if answer.id in names)
