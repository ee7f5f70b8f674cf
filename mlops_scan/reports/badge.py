"""What a badge says: one level, in one colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import model

if TYPE_CHECKING:
    from mlops_scan.assessment import Assessment

LABEL = "MLOps"
# white text on it has a contrast of 6.4 (WCAG 2.2 asks 4.5), as on the colours of levels in models/
_NOT_APPLICABLE = "#57606a"


class Face(NamedTuple):
    """The two halves of a badge, and the colour (``#rrggbb``) of the second."""

    label: str
    message: str
    colour: str


def face(assessment: Assessment) -> Face:
    """Return what the badge of an assessment says; a level that rests on attestations says so."""
    if assessment.level is None:
        return Face(LABEL, "n/a", _NOT_APPLICABLE)
    level = assessment.model.level[assessment.level]
    attested = " (attested)" if assessment.lifted else ""
    label = LABEL if assessment.model.id == model.DEFAULT else assessment.model.name
    return Face(label, f"level {level.number}: {_inside(level.name)}{attested}", level.colour)


def _inside(name: str) -> str:
    """Return a name as it stands inside a sentence: a first word like ``DevOps`` keeps its capitals."""
    first, space, rest = name.partition(" ")
    return (first.lower() if first.istitle() else first) + space + rest
