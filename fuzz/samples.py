"""Assessments, differences, histories and traces of random hostile text, and what must hold of them rendered."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import click

from mlops_scan import model
from mlops_scan.assessment import Answer, Assessment, Gap, Origin, Proven, UseCase
from mlops_scan.claims import Attestation
from mlops_scan.diagnostics import Diagnostic
from mlops_scan.difference import Change, Difference, Line, Side
from mlops_scan.history import History, Point, Turn
from mlops_scan.steps import Step
from mlops_scan.trace import Chain, End, Trace, Trigger
from tests.reports.pieces import PIECES, STATUSES, forged

if TYPE_CHECKING:
    import random


def hostile(rng: random.Random) -> str:
    """Return a few pieces that mean something to a terminal, a runner or a format."""
    return "".join(rng.choice(PIECES) for _ in range(rng.randrange(6)))


def _step(rng: random.Random) -> Step:
    return Step(hostile(rng), rng.randrange(9), hostile(rng))


def _proven(rng: random.Random) -> Proven:
    steps = tuple(_step(rng) for _ in range(rng.randrange(3)))
    origin = rng.choice(("built-in", "installed", "local"))
    said = "Runs the tests with pytest." if origin == "built-in" else hostile(rng)
    words = (hostile(rng), rng.randrange(9), rng.choice(("strong", "weak")), said)
    return Proven("pytest.run", *words, steps, origin, hostile(rng))


def _some(rng: random.Random) -> tuple[Proven, ...]:
    return tuple(_proven(rng) for _ in range(rng.randrange(3)))


def _answer(rng: random.Random, capability: model.Capability) -> Answer:
    said = Attestation(capability.id, *(hostile(rng) for _ in range(3))) if rng.randrange(2) else None
    needed = model.load().required(capability.id)
    return Answer(capability.id, capability.level, needed, rng.choice(STATUSES), _some(rng), said)


def _level(rng: random.Random) -> tuple[int | None, str]:
    level = rng.choice((None, 0, 1, 2, 3, 4))
    return level, "not applicable" if level is None else model.load().level[level].name


def assessment(rng: random.Random) -> Assessment:
    """Return an assessment of random capabilities, each text of which is hostile."""
    level, name = _level(rng)
    answers = tuple(_answer(rng, one) for one in rng.sample(model.load().capability, 3))
    return Assessment(
        Origin(hostile(rng), rng.choice((None, "0" * 40)), rng.choice(("worktree", "commit"))),
        "no-ml" if level is None else "ml-system",
        level,
        name,
        complete=False,
        capabilities=tuple(sorted(answers, key=lambda one: one.level)),
        gaps=() if level is None else tuple(Gap(one.level, (one.id,), "Do it.") for one in answers),
        diagnostics=tuple(Diagnostic(hostile(rng), rng.randrange(9), hostile(rng)) for _ in range(rng.randrange(3))),
        kind_evidence=_some(rng),
        use_cases=(UseCase(hostile(rng), (_proven(rng),)),),
        detected_level=None if level is None else rng.randrange(level + 1),
    )


def difference(rng: random.Random) -> Difference:
    """Return a difference of hostile texts."""

    def side() -> Side:
        return Side(hostile(rng), Origin(hostile(rng), None, "index"), "ml-system", *_level(rng))

    def change() -> Change:
        lines = tuple(Line(rng.choice(("gone", "added")), hostile(rng), rng.randrange(9), hostile(rng)) for _ in "ab")
        return Change("unit-tests", 1, True, "present", "absent", _some(rng), lines)  # noqa: FBT003 - a shape's field

    return Difference(side(), side(), (change(),), (change(),))


def trace(rng: random.Random) -> Trace:
    """Return a trace of hostile texts."""

    def chain() -> Chain:
        return Chain("trains", hostile(rng), tuple(_step(rng) for _ in range(rng.randrange(1, 4))))

    step = _step(rng)
    end = End(hostile(rng), (step, _step(rng)))
    begun = Trigger(rng.choice(("push", "schedule")), hostile(rng), step, (chain(),), (end,))
    return Trace(Origin(hostile(rng), None, "worktree"), (begun,), (chain(),))


def history(rng: random.Random) -> History:
    """Return a history of hostile texts."""

    def turn() -> Turn:
        return Turn("unit-tests", 1, True, "absent", "present", hostile(rng), rng.randrange(9), hostile(rng))  # noqa: FBT003 - a shape's field

    def point(day: int) -> Point:
        level, name = _level(rng)
        found = dict.fromkeys((one.id for one in model.load().capability), rng.choice(STATUSES))
        what = ("0" * 40, f"2024-01-{day + 1:02}T00:00:00+00:00", hostile(rng), hostile(rng), "ml-system", level, name)
        return Point(*what, rng.randrange(2) == 0, found, (turn(),), (turn(),))

    points = tuple(map(point, range(rng.randrange(1, 4))))
    return History(Origin(hostile(rng), None, "commit"), "month", 9, rng.randrange(2) == 0, points)


def sound(name: str, report: str) -> None:
    """Raise `AssertionError` (or the format's own error) where a report lost its form, or text of it speaks for us."""
    text = click.unstyle(report)
    wrong = forged(name, text)
    _hold(name, not wrong, wrong)
    if name.endswith((".json", ".sarif", ".shields")):
        json.loads(text)
    if name.endswith((".svg", ".junit")):
        ET.fromstring(text)  # noqa: S314 - our own report


def _hold(name: str, holds: object, message: str) -> None:
    if not holds:
        raise AssertionError(f"{name} {message}")  # noqa: EM102, TRY003 - told once
