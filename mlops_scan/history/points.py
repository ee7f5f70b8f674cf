"""What a history is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.assessment import Origin
from mlops_scan.history.choice import time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Answer, Assessment
    from mlops_scan.sources.commits import Commit


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


def point(commit: Commit, tag: str, base: Assessment | None, found: Assessment, *, whole: bool) -> Point:
    """Return the point of a commit, compared with the state before; ``whole`` as in `work.Work`."""
    turns = list(_turns(base, found)) if base or whole else []
    return Point(
        commit=commit.id,
        time=time(commit).isoformat(),
        subject=commit.subject,
        tag=tag,
        kind=found.kind,
        level=found.level,
        level_name=found.level_name,
        complete=found.complete,
        capabilities={answer.id: answer.status for answer in found.capabilities},
        gained=tuple(turn for holds, turn in turns if holds),
        lost=tuple(turn for holds, turn in turns if not holds),
    )


def _turns(base: Assessment | None, found: Assessment) -> Iterator[tuple[bool, Turn]]:
    """Yield what is held now and was not, with True, and what was held and is not."""
    for number, answer in enumerate(found.capabilities):
        old = base.capabilities[number] if base else None
        if answer.holds != (old is not None and old.holds):
            yield answer.holds, _turn(answer, old)


def _turn(answer: Answer, old: Answer | None) -> Turn:
    holder = answer if answer.holds or old is None else old
    proof = next((proof for proof in holder.evidence if not proof.disputed), None)
    place = (proof.path, proof.line, proof.summary) if proof else ()
    return Turn(answer.id, answer.level, answer.required, old.status if old else "absent", answer.status, *place)
