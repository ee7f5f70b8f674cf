"""The level and capabilities of a repository over its commits, and which commit gained or lost each."""

from __future__ import annotations

from mlops_scan import scan, sources
from mlops_scan.assessment import Origin
from mlops_scan.history import work
from mlops_scan.history.choice import Choice, chosen
from mlops_scan.history.points import History, Point, Turn
from mlops_scan.history.readings import Readings
from mlops_scan.history.trees import trees
from mlops_scan.masks import concealed
from mlops_scan.sources import commits, gitdir, pasts

__all__ = ["Choice", "History", "Point", "Turn", "course"]

_MONTH = Choice()


def course(path: str, options: scan.Options = scan.DEFAULT, choice: Choice = _MONTH) -> History:
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
            cut = bool(sources.boundary(head))
            known = trees(home, head, [commit.id for commit in line], options.excludes)
            past = pasts.pasts(head, line, known.mailmaps)
            readings = Readings(home, options)
            whole = not (cut or line[0].parents)
            points = work.points(
                work.Work(line, tags, whole, known, readings, scan.tools_of(options), options, past), numbers
            )
    return concealed(History(Origin(head.root, head.commit, head.kind), choice.every, len(line), cut, points))
