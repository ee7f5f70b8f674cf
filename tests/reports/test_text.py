from __future__ import annotations

import json

import click
import pytest

from mlops_scan import model
from mlops_scan.assessment import Answer, Assessment, Gap, Next, Origin, Proven, Reached, UseCase
from mlops_scan.chains import Step
from mlops_scan.facts.kinds import Diagnostic
from mlops_scan.reports.assessments import json as json_report
from mlops_scan.reports.assessments import markdown, text
from mlops_scan.reports.visible import visible

CHAIN = (Step(".github/workflows/ci.yml", 3, "push main"), Step(".github/workflows/ci.yml", 12, "pytest -q"))
PROVEN = Proven("pytest.run", ".github/workflows/ci.yml", 12, "strong", "Runs the tests with pytest.", CHAIN)
WEAK = Proven("mlflow.declared", "requirements.txt", 3, "weak", "MLflow is declared as a dependency.")


def assessment(**changes: object) -> Assessment:
    values: dict[str, object] = {
        "source": Origin("churn", "0123456789abcdef0123456789abcdef01234567", "commit"),
        "kind": "ml-system",
        "level": 1,
        "level_name": "DevOps, no MLOps",
        "complete": False,
        "capabilities": (
            Answer("unit-tests", 1, required=True, status="absent"),
            Answer("continuous-integration", 1, required=True, status="present", evidence=(PROVEN,)),
            Answer("experiment-tracking", 2, required=True, status="weak", evidence=(WEAK,)),
        ),
        "gaps": (Gap(1, ("unit-tests",), "Write a test."), Gap(2, ("model-registry",), "Register each model.")),
        "next_steps": (
            Next(("unit-tests",), 1, "Write a test."),
            Next(("model-registry",), 2, "Register each model."),
        ),
    }
    return Assessment(**{**values, **changes})  # type: ignore[arg-type]


def test_the_verdict_comes_first_and_the_next_steps_last() -> None:
    lines = click.unstyle(text.render(assessment())).splitlines()
    assert lines[0] == "Level 1 of 4: DevOps, no MLOps (one gap open: unit-tests)"
    assert lines[1] == "ml-system; commit of churn at 0123456789ab"
    assert lines[-1] == "2. model-registry (level 2): Register each model."


def test_proofs_are_one_a_file_and_then_what_says_something_else_of_a_file() -> None:
    said = (("a", 1, "Loads."), ("a", 2, "Loads."), ("a", 3, "Predicts."), ("b", 4, "Loads."))
    proofs = tuple(Proven("x.y", path, line, "strong", summary) for path, line, summary in said)
    assert [(proven.path, proven.line) for proven in text.best(proofs)] == [("a", 1), ("b", 4), ("a", 3)]


def test_what_is_at_hand_only_is_said_once() -> None:
    said = (("a", 1, "Is declared."), ("b", 2, "Is declared."), ("b", 3, "Is imported."))
    proofs = tuple(Proven("x.y", path, line, "weak", summary) for path, line, summary in said)
    assert [(proven.path, proven.line) for proven in text.best(proofs)] == [("a", 1), ("b", 3)]


def test_the_kind_and_the_use_cases_show_where_they_are_seen() -> None:
    fits = Proven("scikit-learn.estimator", "churn/train.py", 3, "strong", "Fits a model.", catalogue="local")
    one = assessment(kind_evidence=(fits,), use_cases=(UseCase("churn", (fits,)),))
    assert click.unstyle(text.render(one)).splitlines()[2:5] == [
        "    churn/train.py:3  Fits a model. (local catalogue)",
        "At least 1 use case trains a model",
        "    churn/train.py:3  churn",
    ]
    many = assessment(use_cases=tuple(UseCase(f"p{number}\x1b", (fits,)) for number in range(7)))
    shown = click.unstyle(text.render(many)).splitlines()
    assert shown[2] == "About 7 use cases train a model, as projects of their own"
    assert shown[3] == "    churn/train.py:3  p0\\x1b"
    assert shown[8] == "    and 2 more; --format json lists all"


@pytest.mark.parametrize(("kind", "said"), [("ml-system", True), ("ml-library", False), ("no-ml", False)])
def test_that_nothing_trains_is_told_of_systems_only(kind: str, said: bool) -> None:
    assert ("No training of a model was recognised" in text.render(assessment(kind=kind))) == said


def test_a_chain_shows_each_step_with_its_place() -> None:
    shown = click.unstyle(text.render(assessment()))
    assert ".github/workflows/ci.yml:3   push main" in shown
    assert ".github/workflows/ci.yml:12  pytest -q" in shown


def test_weak_says_why_it_does_not_count() -> None:
    assert "~ experiment-tracking  weak: at hand or declared, not practised here" in click.unstyle(
        text.render(assessment())
    )


def test_without_a_level_the_report_says_so() -> None:
    shown = click.unstyle(text.render(assessment(kind="no-ml", level=None, level_name="not applicable", gaps=())))
    assert shown.startswith("No level: no machine learning was found here")


def test_diagnostics_are_told() -> None:
    shown = click.unstyle(
        text.render(assessment(diagnostics=tuple(Diagnostic(f"f{n}.py", n, "broken") for n in range(12))))
    )
    assert "Not everything could be used (12)" in shown
    assert "f3.py:3  broken" in shown
    assert "and 2 more; --format json lists all" in shown


def test_lines_stay_within_the_width() -> None:
    long = Proven("a.b", "deep/" * 30 + "x.py", 7, "strong", "word " * 60, (Step("deep/" * 30 + "x.py", 7, "w" * 300),))
    answer = Answer("unit-tests", 1, required=True, status="present", evidence=(long,))
    shown = click.unstyle(text.render(assessment(capabilities=(answer,))))
    assert max(len(line) for line in shown.splitlines()) <= text.WIDTH


def test_what_each_dimension_reaches_is_one_line() -> None:
    all_of_it = tuple(Reached(one.id, 4, (1, 2, 3, 4)) for one in model.load().dimension[:2])
    said = "Alone: model creation 4 (of 1 2 3 4), model release 4 (of 1 2 3 4)"
    for report in (text, markdown):
        assert said in report.render(assessment(dimensions=all_of_it)).splitlines()
        assert "Alone" not in report.render(assessment(kind="no-ml", level=None, gaps=()))


@pytest.mark.parametrize("bad", ["\x1b[31mred", "a\nb", "\u202eevil", "a\r::set-output", "\x00", "\ud800"])
def test_text_of_the_repository_cannot_start_a_line_or_move_the_cursor(bad: str) -> None:
    shown = visible(bad)
    assert shown.isprintable()
    assert "\n" not in shown


def test_json_is_the_documented_contract() -> None:
    document = json.loads(json_report.render(assessment()))
    assert list(document) == [
        "schema_version",
        "tool",
        "source",
        "kind",
        "level",
        "level_name",
        "complete",
        "capabilities",
        "gaps",
        "diagnostics",
        "kind_evidence",
        "use_cases",
        "detected_level",
        "dimensions",
        "model",
        "team",
        "outlook",
        "next_steps",
        "advice",
    ]
    assert document["source"]["kind"] == "commit"
    evidence = document["capabilities"][1]["evidence"][0]
    assert evidence["chain"][0] == {"path": ".github/workflows/ci.yml", "line": 3, "what": "push main"}
    assert document["advice"]["unit-tests"] == "Write a test."
