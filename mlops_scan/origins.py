"""From which catalogue a proof comes: what a repository says of itself is marked as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.chains.graph import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mlops_scan.assessment import Proven
    from mlops_scan.evidence import Evidence

BUILT_IN = "built-in"


def marker(evidence: Iterable[Evidence]) -> Callable[[Proven], Proven]:
    """Return what marks a proof with its catalogue.

    That is its detector's; where it is built-in, that of any trigger or act on the way which another catalogue knows.
    """
    evidence = tuple(evidence)
    others = [found for found in evidence if found.origin != BUILT_IN]
    of_detector = {found.detector: found.origin for found in others}
    built_in = {_step(found) for found in evidence if found.origin == BUILT_IN}
    of_step = {step: found.origin for found in others if (step := _step(found)) not in built_in}

    def marked(proven: Proven) -> Proven:
        on_the_way = (of_step.get(step) for step in proven.chain)
        found = of_detector.get(proven.detector) or next(filter(None, on_the_way), None)
        return msgspec.structs.replace(proven, catalogue=found) if found else proven

    return marked


def _step(found: Evidence) -> Step:
    """Return the step by which a chain shows an act or a trigger."""
    return Step(found.path, found.line, f"{found.act or found.trigger}: {found.what}")
