"""A capability in one repository, in lines for a terminal: what proves it there, or why nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.reports.assessments.text import best, steps
from mlops_scan.reports.visible import place, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.assessment import Answer, Proven
    from mlops_scan.near_misses import Miss

_LONG = 1000
_STATUS = {
    "present": "present: it is practised here",
    "attested": "attested: the team says so",
    "weak": "weak: at hand or declared, not practised here",
    "absent": "absent",
}


def lines(answer: Answer, misses: Iterable[Miss]) -> Iterator[str]:
    """Yield the status of a capability, its proofs, and, where it does not hold, what comes close."""
    yield f"In this repository: {_STATUS[answer.status]}"
    if answer.attestation:
        yield f"  attested: {visible(answer.attestation.reason, _LONG)}"
    if answer.holds:
        for proven in best(answer.evidence):
            yield from _proof(proven)
    elif shown := list(misses):
        yield "What comes close, and why it does not count:"
        yield from (f"  {_where(miss)}{visible(miss.why, _LONG)}" for miss in shown)


def _where(miss: Miss) -> str:
    return f"{place(miss.path, miss.line)}  " if miss.path else ""


def _proof(proven: Proven) -> Iterator[str]:
    disputed = f" (disputed, does not count: {visible(proven.disputed)})" if proven.disputed else ""
    yield f"  {place(proven.path, proven.line)}  {visible(proven.summary)}{disputed}"
    for step, what in steps(proven):
        yield f"    {place(step.path, step.line)}  {visible(what)}"
