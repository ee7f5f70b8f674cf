from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_scan import assessment, chains, maturity, model, modules, standing
from mlops_scan.evidence import Evidence, FileFacts
from mlops_scan.facts import kinds

LADDER = model.load()
IDS = [capability.id for capability in LADDER.capability]
L1 = ("modular-code", "unit-tests", "continuous-integration")
L2 = ("experiment-tracking", "training-pipeline", "model-registry")
L3 = ("automated-deployment", "model-monitoring", "model-validation")
L4 = ("automated-retraining", "continuous-model-delivery")


@pytest.mark.parametrize(
    ("present", "level", "complete"),
    [
        ((), 0, True),
        (L1[:1], 0, True),
        (L1[:2], 1, False),
        (L1, 1, True),
        (L2[:2], 0, True),
        (L2, 1, False),
        ((*L1, *L2[:2]), 2, False),
        ((*L1, *L2), 2, True),
        ((*L1, *L2, "automated-deployment", "progressive-delivery"), 3, False),
        ((*L1, *L3), 2, False),
        ((*L1, *L2, *L3), 3, True),
        ((*L1, *L2, *L3, *L4), 4, True),
        ((*L1, *L2, *L3, L4[0]), 3, True),
        ((*L1, *L2, *L4), 3, False),
    ],
)
def test_two_thirds_of_a_level_reach_it(present: tuple[str, ...], level: int, complete: bool) -> None:
    assert standing.level_of(LADDER, frozenset(present)) == (level, complete)


@given(st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS)))
def test_more_capabilities_never_lower_the_level(some: set[str], more: set[str]) -> None:
    assert standing.level_of(LADDER, frozenset(some))[0] <= standing.level_of(LADDER, frozenset(some | more))[0]


@given(st.sets(st.sampled_from(IDS)))
def test_gaps_are_the_open_items_up_to_the_next_level(present: set[str]) -> None:
    level, _ = standing.level_of(LADDER, frozenset(present))
    for gap in standing.gaps(LADDER, level, frozenset(present)):
        assert present.isdisjoint(gap.capabilities)
        assert gap.level <= level + 1
        assert gap.advice


def test_every_capability_of_a_level_exists_once() -> None:
    assert len(IDS) == len(set(IDS)) == 25
    assert {name for level in LADDER.level for item in level.required for name in item} <= set(IDS)


def proof(
    proves: str, act: str = "", *, strength: str = "strong", path: str = "churn/train.py", line: int = 3
) -> Evidence:
    return Evidence(
        "tool.question", path, line, strength, "Does it.", "tool.call", proves=(proves,) if proves else (), act=act
    )


def assessed(*evidence: Evidence) -> assessment.Assessment:
    module = kinds.Definition(line=1, name="train", kind="module", end=0)
    files = tuple(FileFacts(path, "product", (module,)) for path in sorted({e.path for e in evidence}))
    graph = chains.build(files, evidence, modules.index(file.path for file in files))
    known = maturity.known(files, evidence, graph, None)
    return maturity.assess(known, assessment.Origin("churn", None, "worktree"))


def status(judged: assessment.Assessment, capability: str) -> str:
    return next(answer.status for answer in judged.capabilities if answer.id == capability)


def test_weak_evidence_never_lifts_a_level() -> None:
    weak = assessed(proof("", "trains"), *(proof(name, strength="weak") for name in IDS))
    assert weak.level == assessed(proof("", "trains")).level == 0
    assert status(weak, "model-registry") == "weak"


def test_a_long_file_hides_no_other_file_that_proves_the_same() -> None:
    lines = [
        proof("code-quality", path=path, line=line)
        for path, many in (("a/Makefile", 40), ("Makefile", 2))
        for line in range(1, many + 1)
    ]
    found = next(answer for answer in assessed(*lines).capabilities if answer.id == "code-quality").evidence
    assert [proven.path for proven in found[:3]] == ["a/Makefile", "Makefile", "a/Makefile"]
    assert len(found) == maturity.MAX_PROOFS


def test_without_machine_learning_there_is_no_level() -> None:
    plain = assessed(proof("unit-tests", "tests"))
    assert (plain.kind, plain.level, plain.gaps) == ("no-ml", None, ())
    assert status(plain, "unit-tests") == "present"


@pytest.mark.parametrize(("act", "found"), [("tests", "weak"), ("loads", "weak"), ("trains", "present")])
def test_an_environment_is_that_of_training_where_something_trains(act: str, found: str) -> None:
    assert status(assessed(proof("reproducible-environment"), proof("", act)), "reproducible-environment") == found


@pytest.mark.parametrize(("detector", "kind"), [("packer.publish", "ml-library"), ("packer.build", "ml-system")])
def test_whoever_publishes_a_package_makes_a_library(detector: str, kind: str) -> None:
    published = msgspec.structs.replace(proof("", "publishes"), detector=detector)
    assert assessed(proof("", "trains"), published).kind == kind


def test_a_pipeline_without_training_is_at_hand_only() -> None:
    assert status(assessed(proof("training-pipeline")), "training-pipeline") == "weak"
    assert status(assessed(proof("training-pipeline"), proof("", "trains")), "training-pipeline") == "present"


def test_notebooks_alone_are_not_modular() -> None:
    assert status(assessed(proof("", "trains", path="churn.ipynb")), "modular-code") == "absent"
    assert status(assessed(proof("", "trains", path="churn.py")), "modular-code") == "present"


ANY = st.builds(
    proof,
    st.sampled_from(["", *IDS]),
    st.sampled_from(["", "trains", "deploys", "tests", "serves", "loads", "monitors"]),
    strength=st.sampled_from(["strong", "weak"]),
    path=st.sampled_from(["a.py", "b.py", "n.ipynb"]),
    line=st.integers(1, 9),
)


@given(st.lists(ANY, max_size=6), st.lists(ANY, max_size=4))
def test_more_evidence_never_lowers_a_level(some: list[Evidence], more: list[Evidence]) -> None:
    before, after = assessed(*some).level, assessed(*some, *more).level
    assert before is None or (after is not None and before <= after)


@given(st.lists(ANY, max_size=6))
def test_the_same_evidence_gives_the_same_assessment(some: list[Evidence]) -> None:
    assert assessed(*some) == assessed(*some)


@pytest.mark.parametrize(
    ("present", "levels"),
    [
        ((), (0, 0, 0)),
        (L1, (1, 0, 1)),
        ((*L1, *L2), (2, 2, 1)),
        ((*L1, *L2, *L3), (2, 3, 3)),
        (IDS, (4, 4, 3)),
        (("model-registry",), (0, 2, 0)),
        (("unit-tests",), (0, 0, 0)),
        (("unit-tests", "continuous-integration", "automated-retraining"), (0, 0, 1)),
    ],
)
def test_a_dimension_reaches_levels_alone(present: tuple[str, ...], levels: tuple[int, ...]) -> None:
    found = standing.dimensions(LADDER, frozenset(present))
    assert tuple(reached.level for reached in found) == levels
    assert [reached.asked for reached in found] == [(1, 2, 4), (2, 3, 4), (1, 3)]


@given(st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS)))
def test_more_capabilities_never_lower_a_dimension(some: set[str], more: set[str]) -> None:
    before, after = (standing.dimensions(LADDER, frozenset(present)) for present in (some, some | more))
    assert all(old.level <= new.level for old, new in zip(before, after, strict=True))


def test_every_capability_and_required_item_is_of_one_dimension() -> None:
    of = {capability.id: capability.dimension for capability in LADDER.capability}
    assert set(of.values()) == {dimension.id for dimension in LADDER.dimension}
    assert all(len({of[name] for name in item}) == 1 for level in LADDER.level for item in level.required)
