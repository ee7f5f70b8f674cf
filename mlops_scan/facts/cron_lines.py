"""Lines of cron's tables: when which command runs, in a file of their own or written by a shell text.

Source of the format: https://man7.org/linux/man-pages/man5/crontab.5.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.shell_words import substituted, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mlops_scan.facts.shell_parts import Part

_FIELDS = 5
_WHEN = frozenset("0123456789*/,-?LW#")
_NAMES = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
_DAYS = frozenset({"sun", "mon", "tue", "wed", "thu", "fri", "sat"})
_OFTEN = frozenset({"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"})
_AT_START = "@reboot"
# tables of the system name a user before the command, and lie in `cron.d`, but not yet in a repository
_USERS = frozenset({"airflow", "app", "appuser", "mlops", "root", "ubuntu", "user", "www-data"})
_OF_SYSTEM = "/cron.d/"
_SAYING, _TABLE, _COPYING = frozenset({"echo", "printf"}), "crontab", "tee"
_SHOWING = frozenset({"-e", "-l", "-r"})  # of ``crontab``: it takes in no table
_READING = frozenset({"cat", _COPYING, _TABLE})


class Job(NamedTuple):
    """When a command runs, nothing where that is once, and its line in a here-document, from 1; else 0."""

    when: str
    command: str
    below: int = 0


def job(text: str, *, named: bool) -> Job | None:
    """Return the job of a line; nothing where the line is none. ``named``: a user stands before the command."""
    words = text.split()
    count = 1 if words and (words[0] in _OFTEN or words[0] == _AT_START) else _FIELDS
    if len(words) <= count or (count == _FIELDS and not all(map(_is_when, words[:count]))):
        return None
    command = text.split(None, count)[count]
    user, *behind = command.split(None, 1)
    when = "" if words[0] == _AT_START else " ".join(words[:count])
    return Job(when, "".join(behind) if named or user in _USERS else command)


def _is_when(word: str) -> bool:
    """Tell whether a word is a field of a schedule: numbers and their signs, months, days of the week."""
    parts = word.lower().replace("-", ",").split(",")
    return _WHEN.issuperset(word) or all(part in _NAMES or part in _DAYS for part in parts)


def written(part: Part, table: str, below: str, variables: Mapping[str, str]) -> Iterator[Job]:
    """Yield the jobs that a command puts into a table: what it says, or what stands ``below`` it."""
    words = unwrapped(part.words) if table else []
    if not words:
        return
    if words[0] in _SAYING:
        said = substituted(" ".join(word for word in words[1:] if word not in {"-e", "-n"}), dict(variables))
        lines = [(0, line) for line in said.replace("\\n", "\n").split("\n")]
    else:
        lines = list(enumerate(below.split("\n"), 1)) if words[0] in _READING else []
    for number, line in lines:
        found = job(line.strip(), named=_OF_SYSTEM in table)
        if found and found.when:
            yield found._replace(below=number)


def tables(parts: Sequence[Part]) -> Iterator[str]:
    """Yield for each command of a line the table that its output fills: a file so named, or what stands behind it."""
    found: list[str] = []
    behind = ""
    for part in reversed(parts):
        words = unwrapped(part.words)
        own = _TABLE if words[:1] == [_TABLE] and _SHOWING.isdisjoint(words) else ""
        if words[:1] == [_COPYING] and "cron" in words[-1]:
            own = words[-1]
        found.append(part.into if "cron" in part.into else own or behind)
        behind = own or behind
    yield from reversed(found)
