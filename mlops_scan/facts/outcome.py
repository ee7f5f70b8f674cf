"""A fact of runs: that lines depend on what came of others."""

from __future__ import annotations

from mlops_scan.facts.kinds import Fact


class Outcome(Fact, frozen=True, tag="outcome"):
    """Lines of a unit, to ``end`` (0: all of it), that run only by what came of others.

    Those are the lines ``first`` to ``last`` (0: all) of the unit ``of``: ``failed`` where they have to end with an
    error, ``tolerated`` or not, or else what they gave is asked for.
    """

    end: int
    unit: str
    of: str
    first: int = 0
    last: int = 0
    failed: bool = False
    tolerated: bool = False
