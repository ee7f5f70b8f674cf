"""Several different detectors of one capability have strong evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.model import Proof


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:
    """Yield the evidence of a capability when enough different questions are answered, whatever the tool."""
    found = [e for e in known.evidence if capability in e.proves and e.strength == "strong"]
    if len({evidence.detector.partition(".")[2] for evidence in found}) >= proof.at_least:
        yield from (Proven(e.detector, e.path, e.line, e.strength, e.summary) for e in found)
