"""Who changed which file: one pass over the commits (git-log(1), ``--raw``)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mlops_scan.sources import gitdir, place
from mlops_scan.sources.people import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.sources.kinds import Source
    from mlops_scan.sources.people import Person

MOST_COMMITS = 20_000


def history(source: Source) -> dict[str, frozenset[str]] | None:
    """Return the paths that each author touched, by the author's most frequent name.

    None where there is no history to judge: outside git, before the first commit, in a shallow clone, or where
    commits are missing. Paths are relative to the source's root, and need not exist any more. Bots and assistants are
    left out; names and e-mail addresses that occur together are one person, as are those that ``.mailmap`` joins;
    accounts of a machine ("ubuntu", "root") count only where nobody else is known.
    """
    if source.place is None or source.commit is None or place.shallow(source.place):
        return None
    start = source.place.prefix.encode("utf-8", "surrogateescape")
    below = ["--", source.place.prefix] if start else []
    try:
        with gitdir.opened(source.place, source.commit) as home:
            output = gitdir.run(
                home,
                *("log", "--raw", "-z", "--no-renames", "--abbrev=7", f"--max-count={MOST_COMMITS}"),
                *("--no-show-signature", "--use-mailmap", "--format=tformat:@%aN%x00%aE", source.commit, *below),
            )
    except gitdir.GitError:
        return None
    return joined(_touched(output, start))


def _touched(output: bytes, start: bytes) -> tuple[Counter[Person], dict[Person, set[bytes]]]:
    """Count the commits and collect the paths of every pair of name and e-mail address."""
    commits: Counter[Person] = Counter()
    paths: dict[Person, set[bytes]] = {}
    for person, path in _changes(iter(output.split(b"\0"))):
        if path is None:
            commits[person] += 1
            paths.setdefault(person, set())
        elif path.startswith(start):
            paths[person].add(path[len(start) :])
    return commits, paths


def _changes(tokens: Iterator[bytes]) -> Iterator[tuple[Person, bytes | None]]:
    """Read ``@name NUL e-mail NUL (LF :modes ids status NUL path NUL)*``; a commit itself comes with no path."""
    person = ("", "")
    for token in tokens:
        if token.startswith(b"@"):
            person = (
                token[1:].decode("utf-8", "replace").strip(),
                next(tokens, b"").decode("utf-8", "replace").strip(),
            )
            yield person, None
        elif token.lstrip(b"\n").startswith(b":"):
            yield person, next(tokens, b"")
