"""What a team says itself: attested and disputed, from the settings to the level."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_scan import chains, claims, maturity, model, modules
from mlops_scan.assessment import Answer, Assessment, Origin
from mlops_scan.claims import Attestation, Claims, Dispute
from mlops_scan.evidence import Evidence, FileFacts
from mlops_scan.facts import kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = dt.date(2026, 5, 31)
IDS = [capability.id for capability in model.load().capability]
L1 = ("unit-tests", "continuous-integration")


def test_an_attestation_counts_to_its_last_day_and_is_dropped_on_the_day_after() -> None:
    said = Attestation("model-monitoring", "in another system", expires=DAY)
    assert claims.current([said], [], DAY) == Claims(attested=(said,))
    late = claims.current([said], [], DAY + dt.timedelta(days=1))
    assert late.attested == ()
    assert late.dropped == (
        "the attestation of model-monitoring expired on 2026-05-31 and no longer counts: renew or remove it",
    )


def test_an_attestation_without_a_day_never_expires() -> None:
    said = Attestation("model-monitoring", "in another system")
    assert claims.current([said], [], dt.date.max) == Claims(attested=(said,))


@pytest.mark.parametrize(
    ("table", "shape", "said"),
    [
        ({"capability": "unit-tests"}, Attestation, "reason"),
        ({"capability": "unit-tests", "reason": "  "}, Attestation, "reason"),
        ({"capability": "unit-tests", "reason": "r", "until": "2030"}, Attestation, "until"),
        ({"capability": "unit-tests", "reason": "r", "expires": "soon"}, Attestation, "expires"),
        ({"reason": "all of it"}, Dispute, "names a `detector`, a `path`, or both"),
        ({"detector": "mlflow.tracking"}, Dispute, "reason"),
    ],
)
def test_a_claim_that_says_too_little_or_too_much_is_refused(table: dict[str, str], shape: type, said: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=said):
        msgspec.convert(table, shape)


def proof(proves: str, act: str = "", *, detector: str = "tool.question", path: str = "churn/train.py") -> Evidence:
    return Evidence(detector, path, 3, "strong", "Does it.", "x", proves=(proves,) if proves else (), act=act)


def assessed(*evidence: Evidence, said: Claims = claims.NONE) -> Assessment:
    module = kinds.Definition(line=1, name="train", kind="module", end=0)
    files = tuple(FileFacts(path, "product", (module,)) for path in sorted({e.path for e in evidence}))
    graph = chains.build(files, evidence, modules.index(file.path for file in files))
    known = maturity.known(files, evidence, graph, None, said=said)
    return maturity.assess(known, Origin("churn", None, "worktree"))


def answer(judged: Assessment, capability: str) -> Answer:
    return next(answer for answer in judged.capabilities if answer.id == capability)


def attested(*capabilities: str) -> Claims:
    return Claims(attested=tuple(Attestation(capability, "elsewhere") for capability in capabilities))


def test_what_is_attested_stands_apart_and_lifts_the_level_openly() -> None:
    judged = assessed(proof("", "trains"), said=attested(*L1))
    assert answer(judged, "unit-tests").status == "attested"
    assert answer(judged, "unit-tests").evidence == ()
    assert (judged.level, judged.detected_level, judged.lifted) == (1, 0, True)


def test_what_is_present_too_stays_present_with_what_was_said() -> None:
    judged = assessed(proof("", "trains"), proof("unit-tests"), said=attested("unit-tests"))
    found = answer(judged, "unit-tests")
    assert found.status == "present"
    assert found.attestation == Attestation("unit-tests", "elsewhere")
    assert not judged.lifted


def test_attested_machine_learning_makes_no_level_where_there_is_none() -> None:
    judged = assessed(proof("unit-tests"), said=attested(*IDS))
    assert (judged.kind, judged.level, judged.detected_level, judged.lifted) == ("no-ml", None, None, False)


def test_what_expired_is_told_in_the_report() -> None:
    said = claims.current([Attestation("unit-tests", "elsewhere", expires=DAY)], [], DAY + dt.timedelta(days=1))
    judged = assessed(proof("", "trains"), said=said)
    assert answer(judged, "unit-tests").status == "absent"
    assert [told.message.partition(" expired")[0] for told in judged.diagnostics] == ["the attestation of unit-tests"]


@pytest.mark.parametrize(
    ("dispute", "means"),
    [
        (Dispute("r", detector="tool.question"), True),
        (Dispute("r", detector="tool.*"), True),
        (Dispute("r", detector="tool"), False),
        (Dispute("r", path="churn/train.py"), True),
        (Dispute("r", path="train.py"), True),
        (Dispute("r", path="churn/*"), True),
        (Dispute("r", path="other/train.py"), False),
        (Dispute("r", detector="tool.question", path="churn/*"), True),
        (Dispute("r", detector="tool.question", path="other/*"), False),
        (Dispute("r", detector="other.question", path="churn/*"), False),
    ],
)
def test_a_dispute_takes_what_it_means_out_of_the_count_and_shows_it(dispute: Dispute, means: bool) -> None:
    judged = assessed(proof("", "trains"), proof("unit-tests"), said=Claims(disputed=(dispute,)))
    (found,) = answer(judged, "unit-tests").evidence
    assert answer(judged, "unit-tests").status == ("absent" if means else "present")
    assert found.disputed == ("r" if means else "")
    assert [told.message[:14] for told in judged.diagnostics] == ([] if means else ["the dispute of"])


def test_a_dispute_of_one_file_leaves_the_others() -> None:
    both = (proof("", "trains"), proof("unit-tests"), proof("unit-tests", path="churn/other.py"))
    judged = assessed(*both, said=Claims(disputed=(Dispute("r", path="churn/train.py"),)))
    assert answer(judged, "unit-tests").status == "present"
    assert {found.path: found.disputed for found in answer(judged, "unit-tests").evidence} == {
        "churn/train.py": "r",
        "churn/other.py": "",
    }


def test_what_another_detector_finds_in_a_file_counts_beside_what_is_disputed_there() -> None:
    found = (proof("", "loads"), proof("", "trains", detector="other.question"))
    judged = assessed(*found, said=Claims(disputed=(Dispute("r", detector="other.*"),)))
    assert answer(judged, "modular-code").status == "present"


def test_the_first_of_two_disputes_gives_the_reason_and_an_attestation_still_counts() -> None:
    disputed = (Dispute("first", path="train.py"), Dispute("second", detector="tool.*"))
    said = Claims(attested("unit-tests").attested, disputed)
    found = answer(assessed(proof("", "trains"), proof("unit-tests"), said=said), "unit-tests")
    assert (found.status, found.evidence[0].disputed) == ("attested", "first")


ANY = st.builds(
    proof,
    st.sampled_from(["", *IDS[::3]]),
    st.sampled_from(["", "trains", "deploys", "tests", "loads", "monitors"]),
    detector=st.sampled_from(["tool.question", "other.question"]),
    path=st.sampled_from(["a.py", "b.py", "n.ipynb"]),
)
SAID = st.builds(
    lambda names, disputed: Claims(attested(*names).attested, tuple(disputed)),
    st.sets(st.sampled_from(IDS), max_size=6),
    st.lists(st.sampled_from([Dispute("r", detector="other.*"), Dispute("r", path="b.py")]), max_size=2),
)
FEW = settings(max_examples=50, deadline=None)  # each example judges two repositories


@FEW
@given(st.lists(ANY, max_size=6), st.lists(ANY, max_size=4), SAID)
def test_more_evidence_never_lowers_a_level_whatever_is_claimed(
    some: Sequence[Evidence], more: Sequence[Evidence], said: Claims
) -> None:
    before, after = assessed(*some, said=said), assessed(*some, *more, said=said)
    assert before.level is None or (after.level is not None and before.level <= after.level)
    assert before.detected_level is None or before.detected_level <= (after.detected_level or 0)


@FEW
@given(st.lists(ANY, max_size=6), SAID)
def test_attesting_never_lowers_and_disputing_never_lifts(some: Sequence[Evidence], said: Claims) -> None:
    plain, detected = assessed(*some), assessed(*some, said=Claims(disputed=said.disputed))
    claimed = assessed(*some, said=said)
    if plain.level is not None:
        assert detected.level == detected.detected_level == claimed.detected_level
        assert (detected.level or 0) <= plain.level
        assert (claimed.level or 0) >= (detected.level or 0)
