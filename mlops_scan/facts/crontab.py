"""Reads tables of cron: when the daemon runs which commands.

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

READS = ("crontab", "*crontab", "*crontab.txt", "*.cron", "*-cron", "cron", "*cronjob", "*cronjob*.txt", "cron.d/*")

MAX_BYTES = 100_000
_FIELDS = 5
_NICKNAMES = frozenset({"@annually", "@daily", "@hourly", "@midnight", "@monthly", "@reboot", "@weekly", "@yearly"})
_AT_START = "@reboot"
_MARKS = frozenset("0123456789*/,-")
_DAYS = frozenset({"fri", "mon", "sat", "sun", "thu", "tue", "wed"})
_MONTHS = frozenset({"apr", "aug", "dec", "feb", "jan", "jul", "jun", "mar", "may", "nov", "oct", "sep"})
# tables of the machine name who runs the command
_OF_MACHINE = "/cron.d/"
_ROOT = "root"


def read(path: str, data: bytes) -> Reading:
    """State when commands run; a file with a line that no table of cron can have is none, and states nothing."""
    if len(data) > MAX_BYTES:
        return Reading()
    facts: list[Fact] = []
    for number, line in enumerate(decode(data).split("\n"), 1):
        text = line.strip()
        if not text or text.startswith("#") or _assigns(text):
            continue
        when, command = _parted(text)
        if not command:
            return Reading()
        facts.extend(_entry(number, when, _without_user(command, path)))
    return Reading(tuple(facts))


def _assigns(text: str) -> bool:
    name, equals, _ = text.partition("=")
    return bool(equals) and name.strip().isidentifier()


def _parted(text: str) -> tuple[str, str]:
    """Return when a line runs what; nothing where it is no entry."""
    words = text.split(None, _FIELDS)
    if words[0] in _NICKNAMES:
        return words[0], text.removeprefix(words[0]).strip()
    fields = words[:_FIELDS]
    whole = len(words) > _FIELDS and all(map(_is_field, fields))
    return (" ".join(fields), words[_FIELDS]) if whole else ("", "")


def _is_field(word: str) -> bool:
    parts = word.lower().replace("-", ",").split(",")
    return all(part in _DAYS or part in _MONTHS or (part != "" and _MARKS.issuperset(part)) for part in parts)


def _without_user(command: str, path: str) -> str:
    user, _, rest = command.partition(" ")
    return rest.strip() if user == _ROOT or _OF_MACHINE in f"/{path}" else command


def _entry(line: int, when: str, command: str) -> Iterator[Fact]:
    """State one entry; what runs when the machine starts has no schedule."""
    name = f"line {line}"
    yield Unit(line=line, name=name, kind="task")
    if when != _AT_START:
        yield Trigger(line=line, event="schedule", detail=when, unit=name)
    yield from shell.facts(command, line, name)


def is_table(path: str) -> bool:
    """Tell whether a file may be a table of cron: its commands run on a machine whose folders are not ours."""
    name = path.rpartition("/")[2]
    return "cron" in name or _OF_MACHINE in f"/{path}"
