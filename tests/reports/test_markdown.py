from __future__ import annotations

import datetime as dt

import pytest

from mlops_scan.assessment import Answer, Assessment, Gap, Next, Origin, Proven
from mlops_scan.chains.graph import Step
from mlops_scan.claims import Attestation
from mlops_scan.facts.kinds import Diagnostic
from mlops_scan.reports import markup
from mlops_scan.reports.annotations import MOST
from mlops_scan.reports.assessments import github, markdown

WEAK = Proven("mlflow.declared", "requirements.txt", 3, "weak", "MLflow is declared as a dependency.")
CHAIN = (Step("ci.yml", 3, "schedule 0 3 * * 1"), Step("ci.yml", 12, "pytest -q"))
PROVEN = Proven("pytest.run", "ci.yml", 12, "strong", "Runs the tests with pytest.", CHAIN)
SAID = Attestation("model-monitoring", "in Grafana", "https://example.org", "ml team", dt.date(2030, 1, 2))


def assessment(*answers: Answer, level: int | None = 1, detected: int | None = 1, **others: object) -> Assessment:
    gaps = () if level is None else (Gap(2, ("model-registry", "experiment-tracking"), "Register each model."),)
    steps = tuple(Next(gap.capabilities, gap.level, gap.advice) for gap in gaps)
    values = {"capabilities": answers, "gaps": gaps, "next_steps": steps, "detected_level": detected, **others}
    source = Origin(".", None, "worktree")
    name = "DevOps, no MLOps"
    return Assessment(source=source, kind="ml-system", level=level, level_name=name, complete=True, **values)  # type: ignore[arg-type]


def answer(capability: str = "experiment-tracking", level: int = 2, status: str = "weak", **others: object) -> Answer:
    return Answer(capability, level, required=True, status=status, **others)  # type: ignore[arg-type]


def test_the_verdict_the_ladder_and_the_next_steps_come_before_what_folds() -> None:
    text = markdown.render(assessment(answer(evidence=(WEAK,))))
    parts = ["## MLOps maturity: level 1 of 4, DevOps, no MLOps", "| ✅ | **1 DevOps, no MLOps** ← here | 0 of 3 |"]
    parts += ["1. **model-registry or experiment-tracking** (level 2): Register each model.", "<details><summary>"]
    assert sorted(parts, key=text.index) == parts
    assert "- 🟡 **experiment-tracking** (required): weak" in text
    assert "  - `requirements.txt:3` MLflow is declared as a dependency." in text


def test_a_chain_stands_below_its_proof_with_a_schedule_in_words() -> None:
    text = markdown.render(assessment(answer("continuous-integration", 1, "present", evidence=(PROVEN,))))
    first, second = (line for line in text.splitlines() if line.startswith("    - "))
    assert first == "    - `ci.yml:3` `schedule 0 3 * * 1 (at 03:00, only on Monday)`"
    assert second == "    - `ci.yml:12` `pytest -q`"


def test_what_is_attested_stands_apart_with_who_says_it() -> None:
    text = markdown.render(assessment(answer("model-monitoring", 3, "attested", attestation=SAID), level=3))
    assert "- 📝 **model-monitoring** (required): attested\n" in text
    assert "  - attested: `in Grafana`, `ml team`, `until 2030-01-02`, `https://example.org`\n" in text
    assert "Level 1 without what the team attests." in text


def test_what_is_disputed_is_shown_after_what_counts() -> None:
    disputed = Proven("pytest.run", "old.yml", 1, "strong", "Runs the tests with pytest.", disputed="a `copy`")
    text = markdown.render(assessment(answer("continuous-integration", 1, "present", evidence=(disputed, PROVEN))))
    assert "  - `old.yml:1` Runs the tests with pytest. *Disputed, does not count:* `` a `copy` ``\n" in text
    assert text.index("`ci.yml:12` Runs") < text.index("`old.yml:1`")


def test_words_of_a_catalogue_that_is_not_ours_are_quoted() -> None:
    local = Proven("acme.train", "train.py", 1, "strong", "<b>Trains</b>", catalogue="local")
    text = markdown.render(assessment(answer(status="present", evidence=(local,))))
    assert "`train.py:1` `<b>Trains</b>` (local catalogue)" in text


def test_without_a_level_there_is_no_ladder() -> None:
    text = markdown.render(assessment(level=None, detected=None))
    assert text.startswith("## MLOps maturity: not applicable\n\nNo machine learning was found here.\n")
    assert "| level |" not in text


@pytest.mark.parametrize("many", [3_000, 30_000])
def test_a_report_that_would_be_refused_is_cut_and_says_so(many: int) -> None:
    told = tuple(Diagnostic(f"f{number}.py", 1, "broken") for number in range(many))
    text = markdown.render(assessment(answer(evidence=(WEAK,)), diagnostics=told))
    assert len(text) <= markup.MOST
    assert "… cut here, to fit" in text
    assert text.count("<details>") == text.count("</details>") == 2
    assert text.endswith("</details>\n")


def test_annotations_say_what_is_at_hand_and_what_could_not_be_used() -> None:
    told = (Diagnostic("a.py", 2, "broken"),)
    text = github.render(assessment(answer(evidence=(WEAK,)), answer("model-registry"), diagnostics=told))
    at_hand, unused = text.splitlines()
    title, message = at_hand.removeprefix("::notice file=requirements.txt,line=3,title=").split("::")
    assert title == "experiment-tracking is at hand%2C not practised"
    assert message == "MLflow is declared as a dependency. Next step: Register each model."
    assert unused == "::warning file=a.py,line=2,title=mlops-scan could not use this::broken"


def test_there_are_no_more_annotations_than_github_shows() -> None:
    told = tuple(Diagnostic(f"f{number}.py", 1, "broken") for number in range(MOST + 5))
    assert github.render(assessment(answer(), answer("model-registry"), diagnostics=told)).count("::warning ") == MOST


def test_what_is_disputed_is_not_at_hand() -> None:
    disputed = Proven("mlflow.declared", "requirements.txt", 3, "weak", "Declared.", disputed="not used")
    assert github.render(assessment(answer(evidence=(disputed,)), answer("model-registry"))) == ""
