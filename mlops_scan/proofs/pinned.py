"""A dependency file pins every line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.facts.kinds import Dependency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.model import Proof

_DETECTOR = "model.pinned"
_SUMMARY = "Every dependency of this file is pinned to one version."


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield each product file with ``proof.at_least`` dependencies that pins them all."""
    for file in known.files:
        if file.role == "product":
            stated = [fact for fact in file.facts if isinstance(fact, Dependency) and not fact.lock]
            if len(stated) >= proof.at_least and all(fact.pinned for fact in stated):
                yield Proven(_DETECTOR, file.path, stated[0].line, "strong", _SUMMARY)
