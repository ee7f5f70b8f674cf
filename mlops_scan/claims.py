"""What a team says of its own repository: capabilities it attests, detections it disputes.

A claim never becomes evidence: it stands beside what was detected, marked as what it is.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

Said = Annotated[str, msgspec.Meta(pattern=r"\S", max_length=1000)]


class Attestation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A capability that the repository cannot show, and why it is there; ``expires`` is the last day that it counts."""

    capability: str
    reason: Said
    url: str = ""
    owner: str = ""
    expires: dt.date | None = None


class Dispute(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A detection that the team holds to be wrong: of a detector (``mlflow.tracking``), in a file, or both.

    ``detector`` and ``path`` may hold the wildcards of tool files; an empty one says nothing.
    """

    reason: Said
    detector: str = ""
    path: str = ""

    def __post_init__(self) -> None:
        """Refuse a dispute of everything."""
        if not (self.detector or self.path):
            message = "a dispute names a `detector`, a `path`, or both"
            raise ValueError(message)


class Claims(msgspec.Struct, frozen=True):
    """The claims that hold today, and in words those that do not any more."""

    attested: tuple[Attestation, ...] = ()
    disputed: tuple[Dispute, ...] = ()
    dropped: tuple[str, ...] = ()


NONE = Claims()


def current(attested: Iterable[Attestation], disputed: Iterable[Dispute], today: dt.date) -> Claims:
    """Return the claims that hold on a day; what has expired is dropped, and said to be."""
    attested = tuple(attested)
    expired = [claim for claim in attested if claim.expires is not None and claim.expires < today]
    return Claims(
        attested=tuple(claim for claim in attested if claim not in expired),
        disputed=tuple(disputed),
        dropped=tuple(
            f"the attestation of {claim.capability} expired on {claim.expires} and no longer counts: renew or remove it"
            for claim in expired
        ),
    )
