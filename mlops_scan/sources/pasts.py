"""Who had changed what by each commit of a branch, from one pass over all of them (git-log(1), ``--raw``)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.sources import gitdir, place
from mlops_scan.sources.history import MOST_COMMITS, history
from mlops_scan.sources.people import Person, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mlops_scan.sources.commits import Commit
    from mlops_scan.sources.kinds import Source

_FORMAT = "--format=tformat:@%H%x00%P%x00%aN%x00%aE"


class _Work(NamedTuple):
    """What one commit adds: its author, and the paths that differ from its parent's."""

    parents: tuple[str, ...]
    person: Person
    paths: list[bytes]


def pasts(
    head: Source, line: Sequence[Commit], mailmaps: Mapping[str, str]
) -> Callable[[Source], dict[str, frozenset[str]] | None]:
    """Return what tells the same as `sources.history` of a source at one of the commits, oldest first.

    ``mailmaps`` are the contents of ``.mailmap`` at the commits. Where one pass cannot tell it (a folder of the
    repository, another ``.mailmap``, very many commits), git is asked.
    """
    known = _known(head)
    added = list(_added(known, line))
    at = {commit.id: number for number, commit in enumerate(line)}
    named = mailmaps[line[-1].id]

    def past(source: Source) -> dict[str, frozenset[str]] | None:
        number = at.get(source.commit or "", -1)
        if not known or number < 0 or mailmaps[line[number].id] != named:
            return history(source)
        commits: Counter[Person] = Counter()
        paths: dict[Person, set[bytes]] = {}
        for works in added[: number + 1]:
            for work in works:
                commits[work.person] += 1
                paths.setdefault(work.person, set()).update(work.paths)
        return joined((commits, paths))

    return past


def _known(head: Source) -> dict[str, _Work]:
    """Return all commits up to one by id; nothing where that is not the whole of what `history` would look at."""
    if head.place is None or head.commit is None or head.place.prefix or place.shallow(head.place):
        return {}
    limit = f"--max-count={MOST_COMMITS + 1}"
    wanted = ("--raw", "-z", "--no-renames", "--abbrev=7", limit, "--no-show-signature", "--use-mailmap", _FORMAT)
    try:
        with gitdir.opened(head.place, head.commit) as home:
            found = dict(_works(iter(gitdir.run(home, "log", *wanted, head.commit).split(b"\0"))))
    except gitdir.GitError:
        return {}
    return found if len(found) <= MOST_COMMITS else {}


def _works(tokens: Iterator[bytes]) -> Iterator[tuple[str, _Work]]:
    """Read ``@id NUL parents NUL name NUL e-mail NUL (LF :modes ids status NUL path NUL)*``."""
    paths: list[bytes] = []
    for token in tokens:
        if token.startswith(b"@"):
            parents, name, mail = (next(tokens, b"").decode("utf-8", "replace").strip() for _ in range(3))
            paths = []
            yield token[1:].decode("ascii", "replace"), _Work(tuple(parents.split()), (name, mail), paths)
        elif token.lstrip(b"\n").startswith(b":"):
            paths.append(next(tokens, b""))


def _added(known: dict[str, _Work], line: Sequence[Commit]) -> Iterator[list[_Work]]:
    """Yield, for each commit, what it brings that those before it did not have: itself, and what it merges."""
    seen: set[str] = set()
    for commit in line:
        waiting, found = [commit.id], []
        while waiting:
            each = waiting.pop()
            if each in known and each not in seen:
                seen.add(each)
                found.append(known[each])
                waiting.extend(known[each].parents)
        yield found
