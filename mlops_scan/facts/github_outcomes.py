"""Steps and jobs of GitHub's workflows that run only by what came of earlier ones: their failure, or what they gave.

An expression is evaluated twice, as if all had gone well and as if something had failed: what holds only then asks
for a failure.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.facts.github_expressions import FUNCTIONS, MAX_TEXT, evaluate, truth
from mlops_scan.facts.kinds import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_WELL = {**FUNCTIONS, "failure": lambda _: False}
_FAILED = {**FUNCTIONS, "failure": lambda _: True, "success": lambda _: False}
_STATES = ("result", "outcome", "conclusion")
_ASKED = re.compile(r"\b(?:needs|steps)\.([\w-]+)\.(outputs|outcome|conclusion|result)\b")


class Span(NamedTuple):
    """The lines of a step."""

    first: int
    last: int


def spans(job: Node) -> dict[str, Span]:
    """Return the lines of a job's steps that have a name to be asked by, and under no name those of all."""
    steps = job.get("steps")
    items = steps.items if steps else ()
    found = {name.text: Span(step.line, last_line(step)) for step in items if (name := step.get("id"))}
    return {**found, "": Span(items[0].line, last_line(items[-1]))} if items else {}


def last_line(part: Node) -> int:
    """Return about where a step ends: its last key, with all the lines of its text."""
    return max((value.line + value.text.count("\n") for value in part.mapping.values()), default=part.line)


def of_step(step: Node, unit: str, job: str, known: dict[str, Span]) -> Iterator[Outcome]:
    """Yield by what a step runs of the earlier steps of its job, a unit of its own or a part of that."""
    text, end = _test(step), last_line(step)
    asked = {name: failed for name, failed in _asked(text, "steps") if name in known}
    for name, failed in asked.items():
        # the conclusion is what is left of the outcome after `continue-on-error`
        yield Outcome(step.line, end, unit, job, *known[name], failed=failed, tolerated=".outcome" in text)
    if not asked and known and _hangs_on_failure(text, {}):
        yield Outcome(step.line, end, unit, job, known[""].first, step.line - 1, failed=True)


def of_job(job: Node, unit: str) -> Iterator[Outcome]:
    """Yield by what a job runs of the jobs that it needs."""
    text, needs = _test(job), job.get("needs")
    needed = [item.text for item in needs.items] or [needs.text] if needs else []
    asked = {name: failed for name, failed in _asked(text, "needs") if name in needed}
    if not asked and _hangs_on_failure(text, {}):
        asked = dict.fromkeys(needed, True)
    for name, failed in asked.items():
        yield Outcome(job.line, 0, unit, name, failed=failed)


def in_job(fact: Fact, known: dict[str, Span], unit: str) -> Fact:
    """Return a fact of a step's text; what it asks for may have been given by an earlier step of the job."""
    if isinstance(fact, Outcome) and not fact.failed and known and fact.of == unit:
        return msgspec.structs.replace(fact, first=known[""].first)
    return fact


def _test(part: Node) -> str:
    """Return the condition of a step or job without the signs around an expression."""
    found = part.get("if")
    return found.text[:MAX_TEXT].strip().removeprefix("${{").removesuffix("}}") if found else ""


def _asked(text: str, context: str) -> Iterator[tuple[str, bool]]:
    """Yield the steps or jobs that a condition asks for what they gave, and those for whose failure it asks."""
    for name, what in _ASKED.findall(text):
        if what == "outputs":
            yield name, False
        elif _hangs_on_failure(text, {f"{context}.{name.lower()}.{state}": "failure" for state in _STATES}):
            yield name, True


def _hangs_on_failure(text: str, failed: dict[str, str]) -> bool:
    """Tell whether a condition holds only where something failed."""
    if not text:
        return False
    well = truth(evaluate(text, dict.fromkeys(failed, "success"), _WELL))
    return well is False and truth(evaluate(text, failed, _FAILED)) is not False
