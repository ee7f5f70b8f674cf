"""The values of `mlops-scan init`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from mlops_scan.assessment import Assessment
    from mlops_scan.sources.kinds import Place


class RefusedError(Exception):
    """A file that is not touched; the message is one line: which, why, what to do."""


class Site(NamedTuple):
    """The repository that is set up: its top folder, its git directories (None outside git), what a scan says of it.

    ``assessment`` is None where there was nothing to scan; ``badge`` tells whether a badge is wanted.
    """

    root: Path
    place: Place | None
    assessment: Assessment | None
    badge: bool
    today: dt.date

    @property
    def level(self) -> str:
        """The level in words."""
        found = self.assessment
        if found is None or found.level is None:
            return "No level: no machine learning was found here"
        return f"Level {found.level} of 4: {found.level_name}"


class Change(NamedTuple):
    """A file to be written: its path below the top folder, with slashes, and its bytes; ``before`` is None for none."""

    path: str
    before: bytes | None
    after: bytes


class Plan(NamedTuple):
    """What a part would do: the change (None for nothing), in words what it is, and lines that say what is next."""

    what: str
    change: Change | None = None
    then: tuple[str, ...] = ()
