"""What a history is made of."""

from __future__ import annotations

import msgspec

from mlops_scan.assessment import Origin


class Turn(msgspec.Struct, frozen=True):
    """A capability gained or lost: its status ``before`` and ``after``, and where its first proof stands.

    Of one that was lost that is the place where it stood before; the path is empty where there is no proof.
    """

    id: str
    level: int
    required: bool
    before: str
    after: str
    path: str = ""
    line: int = 0
    summary: str = ""


class Point(msgspec.Struct, frozen=True):
    """What was found at a commit; ``time`` is the committer's, in UTC, ``subject`` the first line of its message.

    ``tag`` is its name where it has one. ``capabilities`` are statuses by id. ``gained`` and ``lost`` compare with the
    point before; at the first, what is there was gained with the commit only if that is the first of all.
    """

    commit: str
    time: str
    subject: str
    tag: str
    kind: str
    level: int | None
    level_name: str
    complete: bool
    capabilities: dict[str, str]
    gained: tuple[Turn, ...] = ()
    lost: tuple[Turn, ...] = ()


class History(msgspec.Struct, frozen=True):
    """The course of a repository, oldest first: a point for each week, month, tag or commit (``every``).

    Commits between two such points that changed a capability or the level are points as well. ``commits`` is how many
    there are on the branch's own line. ``cut`` tells that earlier commits are missing from this clone.
    """

    source: Origin
    every: str
    commits: int
    cut: bool
    points: tuple[Point, ...]
