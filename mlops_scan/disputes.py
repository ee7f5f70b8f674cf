"""Detections that the team disputes: they stay in the report, with the reason, and prove nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.globs import matcher, path_matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mlops_scan.assessment import Proven
    from mlops_scan.claims import Dispute


def marker(disputed: Iterable[Dispute]) -> Callable[[Proven], Proven]:
    """Return what marks a proof with the reason of the first dispute that means it."""
    asked = [(_means(dispute), dispute.reason) for dispute in disputed]

    def marked(proven: Proven) -> Proven:
        reason = next((reason for means, reason in asked if means(proven.detector, proven.path)), "")
        return msgspec.structs.replace(proven, disputed=reason) if reason else proven

    return marked


def unused(disputed: Iterable[Dispute], places: Iterable[tuple[str, str]]) -> tuple[Dispute, ...]:
    """Return the disputes that mean none of the detectors and paths at which something was found."""
    places = frozenset(places)
    return tuple(dispute for dispute in disputed if not any(map(_of_pair(_means(dispute)), places)))


def _of_pair(means: Callable[[str, str], bool]) -> Callable[[tuple[str, str]], bool]:
    return lambda place: means(*place)


def _means(dispute: Dispute) -> Callable[[str, str], bool]:
    detector = matcher((dispute.detector or "*",))
    path = path_matcher((dispute.path or "*",))
    return lambda name, place: detector(name) and path(place)
