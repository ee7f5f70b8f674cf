"""What several reports say in the same words: of a maturity model that is not the default one, and of the team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan import model
from mlops_scan.reports.visible import visible

if TYPE_CHECKING:
    from mlops_scan.assessment import Assessment

_LONG = 1000
UNSEEN = "Not counted: a repository cannot show this"


def verdict(assessment: Assessment) -> str:
    """Return the level in words."""
    if assessment.level is None:
        return "No level: no machine learning was found here"
    return f"Level {assessment.level} of {assessment.model.top}: {assessment.level_name}{beside(assessment)}"


def beside(assessment: Assessment) -> str:
    """Return the model's name as it stands behind a level; empty for the default model."""
    return "" if assessment.model.id == model.DEFAULT else f" ({assessment.model.name})"


def source(assessment: Assessment) -> str:
    """Return by what was judged, with its source; empty for the default model."""
    if assessment.model.id == model.DEFAULT:
        return ""
    return f"Judged by {assessment.model.name}: {visible(assessment.model.source, _LONG)}"


def shipped(assessment: Assessment) -> bool:
    """Tell whether the words of a model are ours; those of a team's own file are text of a repository."""
    return assessment.model.id in model.names()


def team(assessment: Assessment) -> str:
    """Say how many people took part, and how many of them the pipeline depends on; empty where that is not known."""
    found = assessment.team
    if found is None:
        return ""
    people = "1 person" if found.people == 1 else f"{found.people} people"
    said = f"{people} took part, {_of_them(found.both, found.people)}in both ML code and engineering files"
    return f"{said}; bus factor of the pipeline: {found.bus_factor}" if found.bus_factor else said


def _of_them(some: int, people: int) -> str:
    """Say which of the people took part in something: one alone has no "of them"."""
    if people == 1:
        return "" if some else "but not "
    return "each of them " if some == people else f"{some or 'none'} of them "


def points(assessment: Assessment) -> list[tuple[str, int, int, int]]:
    """Return each section's name, its points, how many it could show, and how many items it has."""
    present = frozenset(answer.id for answer in assessment.capabilities if answer.holds)
    sections = assessment.model.section
    return [(part.name, part.points(present), len(part.shown()), len(part.item)) for part in sections]


def standing(section: tuple[str, int, int, int]) -> str:
    """Say how many points a section has."""
    name, have, can, of = section
    return f"{name}: {have} of {of} points" + (f", {of - can} of which a repository cannot show" if of > can else "")
