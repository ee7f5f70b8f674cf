from __future__ import annotations

from pathlib import Path

import junitparser
from hypothesis import given
from hypothesis import strategies as st

from mlops_scan.assessment import Answer, Assessment, Gap, Origin, Proven
from mlops_scan.claims import Attestation
from mlops_scan.reports.assessments import junit
from mlops_scan.scan import assess

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


def read(log: str) -> junitparser.JUnitXml:
    return junitparser.JUnitXml.fromstring(log.encode())


def cases(log: str) -> dict[str, junitparser.TestCase]:
    return {case.name: case for suite in read(log) for case in suite}


def test_a_reader_of_test_results_takes_a_case_a_capability() -> None:
    assessment = assess(str(FIXTURES / "level-2-dvc-mlflow/repo"))
    log = junit.render(assessment)
    found = cases(log)
    assert list(found) == [answer.id for answer in assessment.capabilities]
    assert found["unit-tests"].is_passed
    assert found["model-monitoring"].is_failure
    assert found["production-feedback"].is_skipped
    assert read(log).failures == len(assessment.gaps)


def test_what_another_capability_stands_in_for_is_skipped() -> None:
    found = cases(junit.render(assess(str(FIXTURES / "level-2-dvc-mlflow/repo"))))
    assert found["model-validation"].is_failure
    assert found["progressive-delivery"].is_skipped


@given(st.text())
def test_text_of_a_repository_stays_text(text: str) -> None:
    evidence = (Proven("a.b", text, 1, "weak", text),)
    said = Attestation("unit-tests", text or "x")
    answers = (
        Answer("unit-tests", 1, required=True, status="attested", evidence=evidence, attestation=said),
        Answer("model-registry", 2, required=True, status="weak", evidence=evidence),
    )
    gaps = (Gap(2, ("model-registry",), "Register it."),)
    origin = Origin("churn", None, "worktree")
    found = cases(
        junit.render(Assessment(origin, "ml-system", 1, "DevOps", complete=True, capabilities=answers, gaps=gaps))
    )
    assert found["unit-tests"].system_out.startswith("attested: ")
    assert [result.message for result in found["model-registry"].result] == ["Register it."]
