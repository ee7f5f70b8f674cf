"""The lines that matter, as annotations of GitHub Actions: what is only at hand, and what could not be used."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from mlops_scan.reports.annotations import MOST, Annotation, command
from mlops_scan.reports.checkout import from_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Assessment


def render(assessment: Assessment) -> str:
    """Return a workflow command a line, no more than GitHub shows."""
    assessment = from_root(assessment)
    told = (*islice(_at_hand(assessment), MOST), *islice(_unused(assessment), MOST))
    return "".join(map(command, told))


def _at_hand(assessment: Assessment) -> Iterator[Annotation]:
    """Yield where a gap could be closed soonest: something for it is there, but not practised."""
    answers = {answer.id: answer for answer in assessment.capabilities}
    for gap in assessment.gaps:
        for capability in gap.capabilities:
            found = next((proof for proof in answers[capability].evidence if not proof.disputed), None)
            if found is not None:
                title = f"{capability} is at hand, not practised"
                yield Annotation("notice", found.path, found.line, title, f"{found.summary} Next step: {gap.advice}")


def _unused(assessment: Assessment) -> Iterator[Annotation]:
    for told in assessment.diagnostics:
        yield Annotation("warning", told.path, told.line, "mlops-scan could not use this", told.message)
