"""What an assessment suggests: whether the next level is worth it, and which steps lead there soonest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan import model, snippets, standing
from mlops_scan.assessment import Next

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mlops_scan.assessment import Answer, Assessment, Gap
    from mlops_scan.chains import Graph
    from mlops_scan.evidence import Evidence
    from mlops_scan.ladder import Level

# kinds of units that CI services run
_OF_SERVICES = frozenset({"job", "workflow"})
# what a level means does not hold of every repository on it: gaps may be open
_AS_A_RULE = " (as a rule)"
# which capability tells that a machine deploys, and which that a person can
_BY_MACHINE, _BY_PERSON = "automated-deployment", "low-friction-deployment"


def advised(assessment: Assessment, seen: snippets.Seen) -> Assessment:
    """Return an assessment with what it suggests."""
    return msgspec.structs.replace(assessment, outlook=outlook(assessment), next_steps=steps(assessment, seen))


def seen(evidence: Collection[Evidence], graph: Graph) -> snippets.Seen:
    """Return what an example can fit: any act tells a tool, also where it proves nothing yet.

    A CI service is there where a file says what it does, whether or not anything starts it.
    """
    used = frozenset(one.detector.partition(".")[0] for one in evidence if one.strength == "strong")
    weak = (one for one in evidence if one.strength == "weak")
    at_hand = frozenset((name, one.detector.partition(".")[0]) for one in weak for name in one.proves)
    services = {node.path for node, kind in graph.kinds.items() if kind in _OF_SERVICES}
    return snippets.Seen(used, at_hand, frozenset(services.union(start.step.path for start in graph.starts)))


def steps(assessment: Assessment, seen: snippets.Seen) -> tuple[Next, ...]:
    """Return the next steps: first what unlocks a level alone, then level by level, what is at hand before the rest."""
    found = [_step(assessment, gap, seen) for gap in assessment.gaps]
    return tuple(sorted(found, key=lambda step: (step.unlocks is None, step.level, not step.at_hand)))


def _step(assessment: Assessment, gap: Gap, seen: snippets.Seen) -> Next:
    weak = {answer.id for answer in assessment.capabilities if answer.status == "weak"}
    first = next((name for name in gap.capabilities if name in weak), gap.capabilities[0])
    example = snippets.choose(first, seen)
    return Next(
        capabilities=gap.capabilities,
        level=gap.level,
        advice=gap.advice,
        at_hand=first in weak,
        unlocks=_unlocked(assessment, first),
        change=example.change if example else "",
        example=example.file if example else (),
    )


def _unlocked(assessment: Assessment, capability: str) -> int | None:
    present = {answer.id for answer in assessment.capabilities if answer.holds}
    level, _ = standing.level_of(model.of(assessment.model), frozenset({*present, capability}))
    return level if level > (assessment.level or 0) else None


def outlook(assessment: Assessment) -> tuple[str, ...]:
    """Return sentences: what the level means, what the next one gives, and what speaks for it in this repository."""
    if assessment.level is None:
        return ()
    return tuple(filter(None, _sentences(assessment, assessment.level)))


def _sentences(assessment: Assessment, level: int) -> Iterator[str]:
    here = assessment.model.level[level]
    yield _of_level(here, _AS_A_RULE, here.means, here.worth if level == 0 else "")
    if level == assessment.model.top:
        yield f"Level {level} is the highest: there is nothing to aim for but to keep it."
        return
    after = assessment.model.level[level + 1]
    yield _of_level(after, "", after.worth, after.gives)
    if assessment.kind == "ml-system":
        yield _use_cases(len(assessment.use_cases), after)
        yield _deployer({answer.id: answer for answer in assessment.capabilities})


def _of_level(level: Level, how: str, *sentences: str) -> str:
    words = " ".join(filter(None, sentences))
    return f"Level {level.number}, {level.name}{how}: {words}" if words else ""


def _use_cases(number: int, level: Level) -> str:
    """Compare the number of use cases with that from which on a level pays."""
    if not (level.use_cases and number):
        return ""
    here = "At least 1 use case trains a model" if number == 1 else f"About {number} use cases train a model"
    if number >= level.use_cases:
        return f"{here} here: level {level.number} pays."
    return f"{here} here; level {level.number} pays from {level.use_cases} on, or where this one matters much."


def _deployer(answers: dict[str, Answer]) -> str:
    """Say who deploys, as far as files tell."""
    if not {_BY_MACHINE, _BY_PERSON} <= set(answers):
        return ""
    if answers[_BY_MACHINE].holds:
        return "A machine deploys here already."
    if answers[_BY_PERSON].holds:
        return "A person deploys here: what is packaged to be run has no automatic trigger."
    return "Nothing here deploys the model, or packages it to be run."
