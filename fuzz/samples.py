"""Assessments, differences and traces of random hostile text, and what must hold of them rendered."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import click

from mlops_scan import model
from mlops_scan.assessment import Answer, Assessment, Gap, Origin, Proven, UseCase
from mlops_scan.claims import Attestation
from mlops_scan.diagnostics import Diagnostic
from mlops_scan.difference import Change, Difference, Line, Side
from mlops_scan.steps import Step
from mlops_scan.trace import Chain, End, Trace, Trigger

if TYPE_CHECKING:
    import random

_PIECES = (
    *("`", "```", "*", "_", "[x](//e)", "![x](//e)", "<b>", "</details>", "<!--", "]]>", "|", "\\", "#", "- ", "@ada"),
    *(
        "https://evil.example",
        "\n",
        "\r",
        "\t",
        "\x1b[31m",
        "\x00",
        "\u202e",
        "\u2028",
        "\x85",
        " ",
        "\ud800",
        "\ufffe",
    ),
    *(
        "::error::x",
        "::",
        "##[error]",
        "##vso[x]",
        "%0A",
        "%",
        ",",
        ":",
        "=1+1",
        "&lt;",
        '"',
        "'",
        "é",
        "x" * 99,
        "a b",
        ";",
    ),
    *(
        "%%{init",
        "-->",
        "end",
        "graph",
        "style a fill:#fff",
        "click a href",
        "\U000e0041",
        "\N{COMBINING ACUTE ACCENT}",
    ),
)
_COMMAND = re.compile(r"^\s*::[^:]|##(?=\[|vso\[)", re.MULTILINE)
_OWN_COMMAND = re.compile(r"::(notice|warning) (file=[^:,]+,)?(line=\d+,)?title=[^:,]+::[^\r\n]*")
_HIDING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")
_STATUSES = ("present", "attested", "weak", "absent")


def hostile(rng: random.Random) -> str:
    """Return a few pieces that mean something to a terminal, a runner or a format."""
    return "".join(rng.choice(_PIECES) for _ in range(rng.randrange(6)))


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
    return Answer(capability.id, capability.level, needed, rng.choice(_STATUSES), _some(rng), said)


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


def sound(name: str, report: str) -> None:
    """Raise `AssertionError` (or the format's own error) where a report lost its form, or text of it speaks for us."""
    text = click.unstyle(report)
    _hold(name, not _HIDING.search(text), "holds what moves or hides text")
    if name.endswith(".github"):
        _hold(name, all(_OWN_COMMAND.fullmatch(line) for line in text.splitlines()), "holds a line that is not ours")
    else:
        _hold(name, not _COMMAND.search(text), "holds a command of a runner")
    if name.endswith((".json", ".sarif", ".shields")):
        json.loads(text)
    if name.endswith((".svg", ".junit")):
        ET.fromstring(text)  # noqa: S314 - our own report


def _hold(name: str, holds: object, message: str) -> None:
    if not holds:
        raise AssertionError(f"{name} {message}")  # noqa: EM102, TRY003 - told once
