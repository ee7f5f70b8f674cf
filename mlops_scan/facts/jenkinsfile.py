"""Reads Jenkinsfiles: stages and the shell texts that they run.

Source of the format: https://www.jenkins.io/doc/book/pipeline/syntax/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Reading, Trigger, Unit
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import MAX_BYTES, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = ("Jenkinsfile", "Jenkinsfile.*", "*.jenkinsfile", "*.Jenkinsfile")

_RUNNING = frozenset({"sh", "bat", "powershell", "pwsh"})


def read(path: str, data: bytes) -> Reading:  # noqa: ARG001 - all readers take both
    """State the stages of a pipeline; pushes start it, as a multibranch project does, besides its schedules."""
    if len(data) > MAX_BYTES:
        return Reading()
    return Reading(tuple(_facts(tokens(decode(data), "groovy"))))


def _facts(found: list[Token]) -> Iterator[Fact]:
    if found:
        yield Trigger(line=found[0].line, event="push")
    unit = ""
    for number, token in enumerate(found):
        text = next((part for part in found[number + 1 : number + 6] if part.kind == "string"), None)
        if text is None:
            continue
        if token.text == "stage":
            unit = text.text
            yield Unit(line=token.line, name=unit, kind="job", off=_off(found, number))
        elif token.text in _RUNNING:
            yield from shell.commands(text.text, text.line, unit)
        elif token.text in {"cron", "parameterizedCron"}:
            yield Trigger(line=token.line, event="schedule", detail=text.text)


def _off(found: list[Token], number: int) -> str:
    """Tell whether a person must answer before the stage goes on."""
    for token in found[number + 1 : number + 30]:
        if token.text == "stage":
            return ""
        if token.text == "input":
            return "input"
    return ""
