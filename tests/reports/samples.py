"""Assessments and differences of any content, as a hostile repository would like to have them shown."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st

from mlops_scan import model, snippets
from mlops_scan.assessment import Answer, Assessment, Gap, Next, Origin, Proven, Team, UseCase
from mlops_scan.chains.graph import Step
from mlops_scan.claims import Attestation
from mlops_scan.difference import Change, Difference, Line, Side
from mlops_scan.facts.kinds import Diagnostic
from mlops_scan.history import History, Point, Turn
from tests.reports.pieces import PIECES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

LADDER = model.load()
# stands in every text of the repository, so that a test can tell where it went
MARK = "Zq9"
# each example draws over a hundred values
FEW = settings(max_examples=30, deadline=None)
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=4).map(
    lambda pieces: "".join((*pieces[: len(pieces) // 2], MARK, *pieces[len(pieces) // 2 :]))
)
LINES = st.integers(0, 9)
STEPS = st.builds(Step, HOSTILE, LINES, HOSTILE)
SUMMARIES = st.one_of(
    st.tuples(st.just("Runs the tests with pytest."), st.just("built-in")),
    st.tuples(HOSTILE, st.sampled_from(["local", "installed"])),
)
PROVEN = st.builds(
    lambda path, line, strength, said, chain, disputed: Proven(
        "pytest.run", path, line, strength, said[0], tuple(chain), said[1], disputed
    ),
    HOSTILE,
    LINES,
    st.sampled_from(["strong", "weak"]),
    SUMMARIES,
    st.lists(STEPS, max_size=1),
    st.one_of(st.just(""), HOSTILE),
)
ATTESTED = st.builds(
    Attestation,
    st.just("model-monitoring"),
    HOSTILE,
    HOSTILE,
    HOSTILE,
    st.one_of(st.none(), st.just(dt.date(2030, 1, 2))),
)
PROOFS = st.lists(PROVEN, max_size=2).map(tuple)


def answer(capability: model.Capability) -> st.SearchStrategy[Answer]:
    required = LADDER.required(capability.id)
    return st.builds(
        lambda status, evidence, said: Answer(capability.id, capability.level, required, status, evidence, said),
        st.sampled_from(STATUSES),
        PROOFS,
        st.one_of(st.none(), ATTESTED),
    )


ANSWERS = st.tuples(*map(answer, LADDER.capability[::12]))  # of levels 1, 2 and 4; more only take time
LEVELS = st.one_of(st.none(), st.integers(0, 4))
ORIGINS = st.builds(Origin, HOSTILE, st.one_of(st.none(), st.just("0" * 40)), st.sampled_from(["worktree", "commit"]))
DIAGNOSTICS = st.lists(st.builds(Diagnostic, st.one_of(st.just(""), HOSTILE), LINES, HOSTILE), max_size=3).map(tuple)
USE_CASES = st.lists(st.builds(lambda name, one: UseCase(name, (one,)), HOSTILE, PROVEN), max_size=2).map(tuple)


def _assessment(level: int | None, answers: tuple[Answer, ...], detected: int, *rest: object) -> Assessment:
    source, diagnostics, kind, use_cases = rest
    return Assessment(
        source=source,  # type: ignore[arg-type]
        kind="no-ml" if level is None else "ml-system",
        level=level,
        level_name="not applicable" if level is None else LADDER.level[level].name,
        complete=False,
        capabilities=answers,
        gaps=() if level is None else tuple(Gap(one.level, (one.id,), "Do it.") for one in answers),
        diagnostics=diagnostics,  # type: ignore[arg-type]
        kind_evidence=kind,  # type: ignore[arg-type]
        use_cases=use_cases,  # type: ignore[arg-type]
        detected_level=None if level is None else min(level, detected),
        team=Team(4, 2, 7, 1),
        next_steps=() if level is None else tuple(map(_step, answers)),
    )


def files() -> Iterator[snippets.File]:
    """Yield the files of all examples."""
    for capability in LADDER.capability:
        for snippet in snippets.of(capability.id):
            yield from snippet.file


def _step(one: Answer) -> Next:
    example = snippets.of(one.id)[-1]
    return Next((one.id,), one.level, "Do it.", change=example.change, example=example.file)


ASSESSMENTS = st.builds(_assessment, LEVELS, ANSWERS, st.integers(0, 4), ORIGINS, DIAGNOSTICS, PROOFS, USE_CASES)
SIDES = st.builds(
    lambda label, source, level: Side(
        label, source, "ml-system", level, "not applicable" if level is None else LADDER.level[level].name
    ),
    HOSTILE,
    ORIGINS,
    LEVELS,
)
CHANGES = st.lists(
    st.builds(
        Change,
        st.just("unit-tests"),
        st.just(1),
        st.booleans(),
        st.sampled_from(STATUSES),
        st.sampled_from(STATUSES),
        PROOFS,
        st.lists(
            st.builds(
                Line, st.sampled_from(["removed", "gone", "new"]), HOSTILE, LINES, st.one_of(st.just(""), HOSTILE)
            ),
            max_size=2,
        ).map(tuple),
    ),
    max_size=2,
).map(tuple)
DIFFERENCES = st.builds(Difference, SIDES, SIDES, CHANGES, CHANGES)

TURNS = st.builds(
    Turn,
    st.sampled_from([one.id for one in LADDER.capability]),
    st.integers(1, 4),
    st.booleans(),
    st.sampled_from(STATUSES),
    st.sampled_from(STATUSES),
    HOSTILE,
    LINES,
    HOSTILE,
)
POINTS = st.builds(
    Point,
    commit=st.just("0123456789abcdef" * 2 + "01234567"),
    time=st.integers(0, 4_000_000_000).map(
        lambda time: dt.datetime.fromtimestamp(time, tz=dt.timezone.utc).isoformat()
    ),
    subject=HOSTILE,
    tag=HOSTILE,
    kind=st.sampled_from(["ml-system", "no-ml"]),
    level=st.sampled_from([None, 0, 1, 2, 3, 4]),
    level_name=st.sampled_from([level.name for level in LADDER.level]),
    complete=st.booleans(),
    capabilities=st.fixed_dictionaries({one.id: st.sampled_from(STATUSES) for one in LADDER.capability}),
    gained=st.lists(TURNS, max_size=2).map(tuple),
    lost=st.lists(TURNS, max_size=2).map(tuple),
)
HISTORIES = st.builds(
    History,
    source=st.builds(Origin, HOSTILE, st.none(), st.just("commit")),
    every=st.sampled_from(["week", "month", "tag", "commit"]),
    commits=st.integers(1, 99),
    cut=st.booleans(),
    points=st.lists(POINTS, min_size=1, max_size=4).map(tuple),
)
