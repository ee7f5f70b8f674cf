"""The report as GitHub Flavored Markdown, for summaries, pull requests and wikis; cut where it would be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan import model
from mlops_scan.reports import models
from mlops_scan.reports.assessments.text import best, dimensions, required, steps
from mlops_scan.reports.markup import COMMIT, code, cut, place_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Answer, Assessment, Next, Proven
    from mlops_scan.ladder import Ladder

_MARKS = {"present": "✅", "attested": "📝", "weak": "🟡", "absent": "⬜"}


def render(assessment: Assessment) -> str:
    """Return the report, at most `markup.MOST` characters long."""
    return cut(_lines(assessment))


def _lines(assessment: Assessment) -> Iterator[str]:
    yield from _verdict(assessment)
    yield from _ladder(assessment)
    yield from _outlook(assessment)
    yield from _gaps(assessment)
    yield from _capabilities(assessment)
    yield from _unseen(assessment)
    yield from _diagnostics(assessment)


def _verdict(assessment: Assessment) -> Iterator[str]:
    if assessment.level is None:
        yield "## MLOps maturity: not applicable"
        yield ""
        yield "No machine learning was found here."
    else:
        level = f"level {assessment.level} of {assessment.model.top}"
        yield f"## MLOps maturity: {level}, {assessment.level_name}{models.beside(assessment)}"
    if assessment.lifted:
        yield ""
        yield f"Level {assessment.detected_level} without what the team attests."
    yield ""
    yield _origin(assessment)
    if said := models.team(assessment):
        yield ""
        yield f"{said}."
    if assessment.model.id != model.DEFAULT:
        yield ""
        yield f"Judged by {assessment.model.name}: {code(assessment.model.source)}"
    yield ""


def _origin(assessment: Assessment) -> str:
    source = assessment.source
    of = "" if source.path == "." else f" of {code(source.path)}"
    at = f" at {code(source.commit[:COMMIT])}" if source.commit else ""
    return f"{assessment.kind}; {source.kind}{of}{at}"


def _ladder(assessment: Assessment) -> Iterator[str]:
    if assessment.level is None:
        return
    have = {answer.id for answer in assessment.capabilities if answer.holds}
    yield "| reached | level | required |"
    yield "|:---:|---|---|"
    for level in reversed(assessment.model.level):
        count = sum(bool(have.intersection(item)) for item in level.required)
        here = level.number == assessment.level
        name = f"{level.number} {level.name}"
        items = f"{count} of {len(level.required)}" if level.required else ""
        mark = _MARKS["present" if level.number <= assessment.level else "absent"]
        yield f"| {mark} | {f'**{name}** ← here' if here else name} | {items} |"
    yield ""
    if sections := models.points(assessment):
        yield from (f"- {models.standing(section)}" for section in sections)
        yield ""
    if assessment.dimensions:
        yield dimensions(assessment)
        yield ""


def _gaps(assessment: Assessment) -> Iterator[str]:
    if not assessment.next_steps:
        return
    yield f"### Next steps, towards level {max(step.level for step in assessment.next_steps)}"
    yield ""
    for number, step in enumerate(assessment.next_steps, 1):
        unlocks = f" With this, level {step.unlocks} is reached." if step.unlocks else ""
        yield f"{number}. **{' or '.join(step.capabilities)}** (level {step.level}): {step.advice}{unlocks}"
        yield from _example(step)
    yield ""


def _example(step: Next) -> Iterator[str]:
    """Yield the smallest change with its files, below the item of a list that it belongs to."""
    if not step.example:
        return
    yield f"   {step.change}"
    yield ""
    yield "   <details><summary>Example</summary>"
    for file in step.example:
        yield ""
        yield f"   {code(file.path)}"
        yield "   ```"
        yield from (f"   {line}".rstrip() for line in file.text.strip("\n").split("\n"))
        yield "   ```"
    yield ""
    yield "   </details>"
    yield ""


def _outlook(assessment: Assessment) -> Iterator[str]:
    for sentence in assessment.outlook:
        yield sentence if models.shipped(assessment) else code(sentence)
    yield ""


def _capabilities(assessment: Assessment) -> Iterator[str]:
    held = sum(answer.holds for answer in assessment.capabilities)
    yield f"<details><summary>Capabilities: {held} of {len(assessment.capabilities)}</summary>"
    level = None
    for answer in assessment.capabilities:
        if answer.level != level:
            level = answer.level
            yield ""
            yield f"#### {assessment.model.heading(level)}"
            yield ""
        yield from _capability(answer, assessment.model)
    yield ""
    yield "</details>"


def _capability(answer: Answer, ladder: Ladder) -> Iterator[str]:
    status = "" if answer.status == "present" else f": {answer.status}"
    yield f"- {_MARKS[answer.status]} **{answer.id}**{required(answer, ladder).replace('  ', ' ')}{status}"
    if answer.attestation:
        said = answer.attestation
        details = (said.owner, said.expires and f"until {said.expires}", said.url)
        yield "  - attested: " + ", ".join(code(str(part)) for part in (said.reason, *details) if part)
    for proven in best(answer.evidence):
        yield f"  - {place_code(proven.path, proven.line)} {_summary(proven)}"
        for step, what in steps(proven):
            yield f"    - {place_code(step.path, step.line)} {code(what)}"


def _summary(proven: Proven) -> str:
    """Return what was found; words of a catalogue that is not ours are quoted."""
    built_in = proven.catalogue == "built-in"
    said = proven.summary if built_in else f"{code(proven.summary)} ({proven.catalogue} catalogue)"
    return f"{said} *Disputed, does not count:* {code(proven.disputed)}" if proven.disputed else said


def _unseen(assessment: Assessment) -> Iterator[str]:
    hidden = assessment.model.hidden()
    if not hidden:
        return
    yield ""
    yield f"<details><summary>{models.UNSEEN} ({len(hidden)})</summary>"
    yield ""
    for item, why in hidden:
        yield f"- {item}: {why if models.shipped(assessment) else code(why)}"
    yield ""
    yield "</details>"


def _diagnostics(assessment: Assessment) -> Iterator[str]:
    if not assessment.diagnostics:
        return
    yield ""
    yield f"<details><summary>Not everything could be used ({len(assessment.diagnostics)})</summary>"
    yield ""
    for told in assessment.diagnostics:
        yield f"- {place_code(told.path, told.line) + ' ' if told.path else ''}{code(told.message)}"
    yield ""
    yield "</details>"
