"""Reads crontabs: when which command runs.

Source of the format: https://man7.org/linux/man-pages/man5/crontab.5.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Reading, Trigger, Unit
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = ("*.crontab", "*crontab", "*.cron", "cron.d/*", "crontab*.txt", "cronjob", "cronjobs", "cronjob*.txt")

MAX_BYTES = 100_000
_FIELDS = 5
_WHEN = frozenset("0123456789*/,-?LW#")
_NAMES = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
_DAYS = frozenset({"sun", "mon", "tue", "wed", "thu", "fri", "sat"})
_OFTEN = frozenset({"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"})
# tables of the system name a user before the command, and lie in `cron.d`, but not yet in a repository
_USERS = frozenset({"airflow", "app", "appuser", "mlops", "root", "ubuntu", "user", "www-data"})


def read(path: str, data: bytes) -> Reading:
    """State the jobs of a table, each with its schedule; a file of another form states nothing."""
    found: list[Fact] = []
    variables: dict[str, str] = {}
    for number, line in enumerate(decode(data[:MAX_BYTES]).split("\n"), 1):
        text = line.strip()
        name, equals, value = text.partition("=")
        if not text or text.startswith("#"):
            continue
        if equals and name.strip().isidentifier():
            variables[name.strip()] = value.strip().strip("\"'")
        else:
            job = list(_job(text, number, variables, named="/cron.d/" in f"/{path}"))
            if not job:
                return Reading()
            found.extend(job)
    return Reading(tuple(found))


def _job(text: str, line: int, variables: dict[str, str], *, named: bool) -> Iterator[Fact]:
    """Yield a job; nothing where the line is none. ``named``: a user stands before the command."""
    words = text.split()
    count = 1 if words[0] in _OFTEN or words[0] == "@reboot" else _FIELDS
    if len(words) <= count or (count == _FIELDS and not all(map(_is_when, words[:count]))):
        return
    unit = f"line {line}"
    command = text.split(None, count)[count]
    user, *behind = command.split(None, 1)
    yield Unit(line=line, name=unit, kind="job")
    if words[0] != "@reboot":
        yield Trigger(line=line, event="schedule", detail=" ".join(words[:count]), unit=unit)
    yield from shell.facts("".join(behind) if named or user in _USERS else command, line, unit, variables=variables)


def _is_when(word: str) -> bool:
    """Tell whether a word is a field of a schedule: numbers and their signs, months, days of the week."""
    parts = word.lower().replace("-", ",").split(",")
    return _WHEN.issuperset(word) or all(part in _NAMES or part in _DAYS for part in parts)
