"""The report for a terminal: verdict, ladder, capabilities with their best proofs, and the next steps."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from mlops_scan import model
from mlops_scan.reports import models
from mlops_scan.reports.schedules import in_words
from mlops_scan.reports.visible import inert, place, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Answer, Assessment, Proven, UseCase
    from mlops_scan.chains.graph import Step
    from mlops_scan.claims import Attestation
    from mlops_scan.ladder import Ladder

WIDTH = 100
_MARKS = {"present": ("+", "green"), "attested": ("=", "green"), "weak": ("~", "yellow"), "absent": ("-", None)}
_ABSENCE = {"weak": "  weak: at hand or declared, not practised here", "absent": "  absent"}
_COLUMN, _PATH = 24, 60
_INDENT = 8
_MOST_PROOFS = 3
_MOST_DIAGNOSTICS = 10
_MOST_USE_CASES = 5
_COMMIT = 12
_LONG = 1000


def render(assessment: Assessment) -> str:
    """Return the report, styled; whoever prints it takes colour off where it is not wanted."""
    parts = (
        _verdict(assessment),
        _ladder(assessment),
        _levels(assessment),
        _unseen(assessment),
        _outlook(assessment),
        _gaps(assessment),
        _diagnostics(assessment),
    )
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part))) + "\n"


def _verdict(assessment: Assessment) -> Iterator[str]:
    source = assessment.source
    where = visible(source.path)
    at = f" at {source.commit[:_COMMIT]}" if source.commit else ""
    if assessment.level is None:
        yield click.style("No level: no machine learning was found here, so the model does not apply.", bold=True)
    else:
        yield click.style(f"{models.verdict(assessment)}{_open(assessment)}", bold=True)
        if assessment.lifted:
            yield f"Level {assessment.detected_level} without what the team attests"
    yield f"{assessment.kind}; {source.kind} of {where}{at}"
    yield from filter(None, [models.source(assessment)])
    yield from (_indented(_proof(proven)) for proven in assessment.kind_evidence[:1])
    yield from _use_cases(assessment.use_cases) if assessment.kind == "ml-system" else ()
    yield from filter(None, [models.team(assessment)])


def _use_cases(found: tuple[UseCase, ...]) -> Iterator[str]:
    """Say for how many use cases models are trained, as far as that can be told, and where."""
    number = len(found)
    yield {0: "No training of a model was recognised", 1: "At least 1 use case trains a model"}.get(
        number, f"About {number} use cases train a model, as projects of their own"
    )
    for use_case in found[:_MOST_USE_CASES]:
        first = use_case.evidence[0]
        yield _indented(f"{place(first.path, first.line)}  {visible(use_case.name, _PATH)}")
    if number > _MOST_USE_CASES:
        yield f"    and {number - _MOST_USE_CASES} more; --format json lists all"


def _open(assessment: Assessment) -> str:
    """Say which required items of the reached level are still open."""
    missing = [" or ".join(gap.capabilities) for gap in assessment.gaps if gap.level <= (assessment.level or 0)]
    if not missing:
        return ""
    return f" ({'one gap' if len(missing) == 1 else f'{len(missing)} gaps'} open: {', '.join(missing)})"


def _ladder(assessment: Assessment) -> Iterator[str]:
    if assessment.level is None:
        return
    present = {answer.id for answer in assessment.capabilities if answer.holds}
    width = max(_COLUMN, *(len(level.name) + 2 for level in assessment.model.level))
    for level in reversed(assessment.model.level):
        have = sum(bool(present.intersection(item)) for item in level.required)
        count = f"{have} of {len(level.required)} required" if level.required else ""
        mark = ">" if level.number == assessment.level else " "
        full = "#" if level.number <= assessment.level else "."
        line = f"{mark} {full} {level.number}  {level.name:<{width}}{count}".rstrip()
        yield click.style(line, bold=level.number == assessment.level)
    yield from (f"    {models.standing(section)}" for section in models.points(assessment))
    if assessment.dimensions:
        yield ""
        yield dimensions(assessment)


def dimensions(assessment: Assessment) -> str:
    """Say which level each dimension reaches alone, of those that ask something of it."""
    names = {dimension.id: dimension.name.lower() for dimension in model.questions().dimension}
    said = (f"{names[one.id]} {one.level} (of {' '.join(map(str, one.asked))})" for one in assessment.dimensions)
    return f"Alone: {', '.join(said)}"


def _levels(assessment: Assessment) -> Iterator[str]:
    level = None
    for answer in assessment.capabilities:
        if answer.level != level:
            if level is not None:
                yield ""
            level = answer.level
            yield click.style(assessment.model.heading(level), underline=True)
        yield from _capability(answer, assessment.model)


def _unseen(assessment: Assessment) -> Iterator[str]:
    if hidden := assessment.model.hidden():
        yield click.style(models.UNSEEN, underline=True)
        yield from (_indented(f"{item}: {visible(why, _LONG)}") for item, why in hidden)


def _capability(answer: Answer, ladder: Ladder) -> Iterator[str]:
    mark, colour = _MARKS[answer.status]
    yield click.style(f"{mark} {answer.id}", fg=colour) + _ABSENCE.get(answer.status, "") + required(answer, ladder)
    if answer.attestation:
        yield _indented(_attested(answer.attestation))
    for proven in best(answer.evidence):
        yield _indented(_proof(proven))
        yield from _chain(proven)


def _attested(said: Attestation) -> str:
    """Say what the team attests, and who does until when."""
    by = (said.owner and f"by {said.owner}", said.expires and f"until {said.expires}", said.url)
    details = ", ".join(str(part) for part in by if part)
    return visible(f"attested: {said.reason}" + (f" ({details})" if details else ""), _LONG)


def required(answer: Answer, ladder: Ladder) -> str:
    """Say that a level requires a capability, alone or one of several."""
    if not answer.required:
        return ""
    items = (item for item in ladder.items() if answer.id in item)
    others = [name for name in next(items) if name != answer.id]
    return f"  (required, or {' or '.join(others)})" if others else "  (required)"


def best(evidence: tuple[Proven, ...]) -> list[Proven]:
    """Return the proofs to show: strong ones where there are any, and then what is disputed.

    First comes one a file, then what says something else of a file; what is at hand only is said once.
    """
    counted = [proven for proven in evidence if not proven.disputed]
    strong = [proven for proven in counted if proven.strength == "strong"]
    first: dict[str, Proven] = {}
    more: dict[str, Proven] = {}
    for proven in strong or counted:
        if first.setdefault(proven.path if strong else proven.summary, proven).summary != proven.summary:
            more.setdefault(proven.summary, proven)
    told = (*first.values(), *more.values())
    disputed = [proven for proven in evidence if proven.disputed]
    return list(told[:_MOST_PROOFS]) + disputed[:_MOST_PROOFS]


def _indented(text: str) -> str:
    """Return text below what it belongs to, in as many lines as it needs."""
    after = " " * _INDENT
    lines = textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent=after, break_on_hyphens=False)
    return "\n".join(map(inert, lines))


def _proof(proven: Proven) -> str:
    marked = "" if proven.catalogue == "built-in" else f" ({proven.catalogue} catalogue)"
    disputed = f" (disputed, does not count: {visible(proven.disputed)})" if proven.disputed else ""
    return f"{place(proven.path, proven.line)}  {visible(proven.summary)}{marked}{disputed}"


def _chain(proven: Proven) -> Iterator[str]:
    """Yield the steps of a chain, each with its place in a column of its own."""
    places = [place(step.path, step.line) for step in proven.chain]
    column = max(map(len, places), default=0)
    for where, (_, what) in zip(places, steps(proven), strict=True):
        said = visible(what, WIDTH - column - _INDENT - 2)
        yield click.style(f"{' ' * _INDENT}{where:<{column}}  {said}", dim=True)


def steps(proven: Proven) -> Iterator[tuple[Step, str]]:
    """Yield the steps of a chain, each with its words; a schedule is told in words too."""
    for step in proven.chain:
        yield step, in_words(step.what)


def _outlook(assessment: Assessment) -> Iterator[str]:
    """Say whether the next level is worth it."""
    for sentence in assessment.outlook:
        yield from map(inert, textwrap.wrap(visible(sentence, _LONG), WIDTH))


def _gaps(assessment: Assessment) -> Iterator[str]:
    if not assessment.next_steps:
        return
    yield click.style(f"Next steps, towards level {max(step.level for step in assessment.next_steps)}", underline=True)
    for number, step in enumerate(assessment.next_steps, 1):
        text = f"{number}. {' or '.join(step.capabilities)} (level {step.level}): {step.advice}"
        yield from textwrap.wrap(text, WIDTH, subsequent_indent="   ")
        unlocks = f"With this, level {step.unlocks} is reached." if step.unlocks else ""
        here = f"{step.change} {unlocks}".strip()
        yield from textwrap.wrap(here, WIDTH, initial_indent="   ", subsequent_indent="   ")


def _diagnostics(assessment: Assessment) -> Iterator[str]:
    if not assessment.diagnostics:
        return
    yield click.style(f"Not everything could be used ({len(assessment.diagnostics)})", underline=True)
    for diagnostic in assessment.diagnostics[:_MOST_DIAGNOSTICS]:
        where = f"{place(diagnostic.path, diagnostic.line)}  " if diagnostic.path else ""
        yield _indented(f"{where}{visible(diagnostic.message)}")
    left = len(assessment.diagnostics) - _MOST_DIAGNOSTICS
    if left > 0:
        yield f"  and {left} more; --format json lists all"
