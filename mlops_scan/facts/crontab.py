"""Reads crontabs: when which command runs.

Source of the format: https://man7.org/linux/man-pages/man5/crontab.5.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import cron_lines, shell
from mlops_scan.facts.kinds import Reading, Trigger, Unit
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = (
    *("*.crontab", "*crontab", "*.cron", "*-cron", "*_cron", "cron", "cron.d/*", "crontab*.txt"),
    *("*cronjob", "cronjobs", "cronjob*.txt"),
)

MAX_BYTES = 100_000


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
            job = cron_lines.job(text, named="/cron.d/" in f"/{path}")
            if job is None:
                return Reading()
            found.extend(_stated(job, number, variables))
    return Reading(tuple(found))


def _stated(job: cron_lines.Job, line: int, variables: dict[str, str]) -> Iterator[Fact]:
    unit = f"line {line}"
    yield Unit(line=line, name=unit, kind="job")
    if job.when:
        yield Trigger(line=line, event="schedule", detail=job.when, unit=unit)
    yield from shell.facts(job.command, line, unit, variables=variables)
