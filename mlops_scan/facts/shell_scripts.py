"""Reads shell scripts and Procfiles."""

from __future__ import annotations

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Reading, Unit
from mlops_scan.facts.text import decode

READS = ("*.sh", "*.bash", "*.zsh", "Procfile", "Procfile.*", "*.ps1", "*.bat", "*.cmd")

MAX_BYTES = 500_000


def read(path: str, data: bytes) -> Reading:
    """State the commands of a script in order; of a Procfile, one unit a process."""
    if len(data) > MAX_BYTES:
        return Reading()
    text = decode(data)
    if path.rpartition("/")[2].startswith("Procfile"):
        return _processes(text)
    return Reading((Unit(line=1, name="", kind="script"), *shell.facts(text, 1)))


def _processes(text: str) -> Reading:
    units = [
        (number, name.strip(), command.strip())
        for number, line in enumerate(text.split("\n"), 1)
        for name, colon, command in (line.partition(":"),)
        if colon and not line.startswith("#")
    ]
    facts = (
        (Unit(line=number, name=name, kind="service"), *shell.facts(command, number, name))
        for number, name, command in units
    )
    return Reading(tuple(fact for group in facts for fact in group))
