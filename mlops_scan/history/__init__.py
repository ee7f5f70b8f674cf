"""The level and capabilities of a repository over its commits, and which commit gained or lost each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan import scan, sources
from mlops_scan.assessment import Origin
from mlops_scan.history.choice import Choice, chosen, time
from mlops_scan.history.course import Course
from mlops_scan.history.judging import Judge
from mlops_scan.history.points import History, Point, Turn
from mlops_scan.history.readings import Readings
from mlops_scan.history.trees import trees
from mlops_scan.sources import commits, gitdir, pasts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlops_scan.assessment import Answer, Assessment
    from mlops_scan.history.course import Stop
    from mlops_scan.sources import Source
    from mlops_scan.sources.commits import Commit

__all__ = ["Choice", "History", "Point", "Turn", "course"]

_WEEK = Choice()


def course(path: str, options: scan.Options = scan.DEFAULT, choice: Choice = _WEEK) -> History:
    """Return the course of a repository up to HEAD, or to the revision of the options.

    All commits are judged by the same catalogue, settings and claims. Raises `sources.SourceError` where there is no
    history to look at, and `catalogue.CatalogueError` where a tool file cannot be used.
    """
    with scan.collector_paused():
        head = scan.looked(path, options._replace(revision=options.revision or "HEAD", staged=False))
        if head.place is None or head.commit is None:
            message = f"{path} is not in a git repository: it has no history"
            raise sources.SourceError(message)
        with gitdir.opened(head.place, head.commit) as home:
            line = commits.line(home, head.commit)
            tags = commits.tagged(home, head.place)
            numbers = chosen(line, choice, tags)
            if not numbers:
                message = f"{path}: none of its {len(line)} commits is from these days: see --since and --until"
                raise sources.SourceError(message)
            line, numbers = line[numbers[0] : numbers[-1] + 1], [number - numbers[0] for number in numbers]
            stops = _stops(home, head, line, numbers, options)
            cut = bool(sources.boundary(head))
            whole = not (cut or line[0].parents)
            points = tuple(_points(line, stops, tags, whole=whole))
    return History(Origin(head.root, head.commit, head.kind), choice.every, len(line), cut, points)


def _stops(
    home: gitdir.Home, head: Source, line: Sequence[Commit], numbers: Sequence[int], options: scan.Options
) -> Iterator[tuple[Stop | None, Stop]]:
    """Yield the commits that become points, as `Course.stops` does."""
    known = trees(home, head, [commit.id for commit in line], options.excludes)
    readings = Readings(home, options.store, options.max_file_size)
    judge = Judge(scan.tools_of(options), readings, options)
    readings.expect(judge.opened(known, numbers))
    yield from Course(known, judge, pasts.pasts(head, line, known.mailmaps)).stops(numbers)
    readings.save()


def _points(
    line: Sequence[Commit], stops: Iterator[tuple[Stop | None, Stop]], tags: dict[str, str], *, whole: bool
) -> Iterator[Point]:
    """Yield the points; what the first has was gained there only in a ``whole`` history."""
    for before, stop in stops:
        commit, found = line[stop.number], stop.found
        base = before.found if before else None
        turns = list(_turns(base, found)) if base or whole else []
        yield Point(
            commit=commit.id,
            time=time(commit).isoformat(),
            subject=commit.subject,
            tag=tags.get(commit.id, ""),
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
