"""What would be, in lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.reports import models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Assessment
    from mlops_scan.what_if import Imagined


def lines(found: Imagined | None, assessment: Assessment) -> Iterator[str]:
    """Yield the level as it would be, what would differ, and what would be next."""
    if found is None:
        yield models.verdict(assessment)
        return
    of = f" of {assessment.model.top}"
    rest = "" if found.complete else ", with gaps open"
    yield (
        f"Level {found.level}{of} instead of {found.before}: {found.level_name}{rest}"
        if (found.level != found.before)
        else f"Level {found.level}{of}, as it is: {found.level_name}{rest}"
    )
    yield from (f"+ {name}" for name in found.added)
    yield from (f"- {name}" for name in found.removed)
    if not (found.added or found.removed):
        yield "Nothing would change: what is added is there, and what is taken away is not."
    for number, gap in enumerate(found.gaps, 1):
        yield f"{number}. next: {' or '.join(gap.capabilities)} (level {gap.level}): {gap.advice}"
