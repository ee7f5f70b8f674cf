"""Blocks of Jenkinsfiles that run only by what a script gave: its status, or what it printed.

Source: https://www.jenkins.io/doc/pipeline/steps/workflow-durable-task-step/#sh-shell-script
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.jenkins_blocks import ends_of
from mlops_scan.facts.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlops_scan.facts.tokens import Token

_STATUS, _PRINTED = "returnStatus:", "returnStdout:"
# tokens between a variable and what is asked of its script, and in what a block asks
_NEAR = 14
_WELL = "= = 0"
_ASKING = frozenset({"if", "expression"})


class _Given(NamedTuple):
    """The stage and the lines of a script whose status, or output, a variable holds."""

    unit: str
    first: int
    last: int
    status: bool


def facts(found: Sequence[Token]) -> Iterator[Outcome]:
    """Yield the blocks, and the stages, that ask for what a script gave."""
    if not any(token.text in {_STATUS, _PRINTED} for token in found):
        return
    ends, given = ends_of(found), dict[str, _Given]()
    stage, unit = 0, ""
    for place, token in enumerate(found):
        if token.kind != "name":
            continue
        if token.text == "stage":
            stage, unit = token.line, _string(found, place)
        elif token.text in {_STATUS, _PRINTED}:
            given.update(_variable(found, place, unit))
        elif token.text in _ASKING and given:
            yield from _asked(found, place, ends, given, (stage, unit))


def _string(found: Sequence[Token], place: int) -> str:
    return next((part.text for part in found[place + 1 : place + _NEAR] if part.kind == "string"), "")


def _variable(found: Sequence[Token], place: int, unit: str) -> Iterator[tuple[str, _Given]]:
    """Yield the variable that is given what a script is asked for: ``def code = sh(script: …, returnStatus: true)``."""
    start = next((at for at in range(place, max(place - _NEAR, 0), -1) if found[at].text == "="), 0)
    if start:
        last = max(part.line for part in found[place : place + 4])
        yield found[start - 1].text, _Given(unit, found[start].line, last, found[place].text == _STATUS)


def _asked(
    found: Sequence[Token], place: int, ends: dict[int, int], given: dict[str, _Given], around: tuple[int, str]
) -> Iterator[Outcome]:
    """Yield the block of an ``if``, or the stage whose ``when`` asks, by the first variable that is asked for."""
    opening = next((at for at in range(place + 1, min(place + _NEAR, len(found))) if found[at].text == "{"), -1)
    closing, (stage, unit) = ends.get(opening, -1), around
    if closing < 0:
        return
    block = found[place].text == "if"
    test = found[place + 1 : opening] if block else found[opening + 1 : min(closing, opening + _NEAR)]
    asked = next((given[part.text] for part in test if part.text in given), None)
    goes_on = _WELL in " ".join(part.text for part in test)
    if asked and not (asked.status and goes_on):
        first, last = (found[opening].line, found[closing].line) if block else (stage, 0)
        yield Outcome(first, last, unit, *asked[:3], failed=asked.status, tolerated=True)
