from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from mlops_scan import advice, cli, model, scan, snippets, what_if
from mlops_scan.assessment import Answer, Assessment, Gap, Origin, Proven, UseCase

FIXTURES = Path(__file__).parent.parent / "fixtures"
TRAINS = Proven("scikit-learn.estimator", "src/train.py", 3, "strong", "Fits.")


def assessment(level: int, statuses: dict[str, str], kind: str = "ml-system", use_cases: int = 1) -> Assessment:
    """Return an assessment in which capabilities have these statuses, and the others are absent."""
    judge = model.load()
    answers = tuple(
        Answer(one.id, one.level, judge.required(one.id), statuses.get(one.id, "absent")) for one in judge.capability
    )
    return Assessment(
        source=Origin("loans", None, "worktree"),
        kind=kind,
        level=level,
        level_name=judge.level[level].name,
        complete=True,
        capabilities=answers,
        gaps=tuple(
            Gap(step.number, item, "Do it.")
            for step in judge.level[: level + 2]
            for item in step.required
            if all(statuses.get(name) != "present" for name in item)
        ),
        use_cases=tuple(UseCase(f"case{number}", (TRAINS,)) for number in range(use_cases)),
    )


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "At least 1 use case trains a model here; level 2 pays from 3 on, or where this one matters much."),
        (2, "About 2 use cases train a model here; level 2 pays from 3 on, or where this one matters much."),
        (3, "About 3 use cases train a model here: level 2 pays."),
    ],
)
def test_the_number_of_use_cases_speaks_for_the_next_level(number: int, said: str) -> None:
    assert said in advice.outlook(assessment(1, {}, use_cases=number))
    assert not any("use case" in told for told in advice.outlook(assessment(1, {}, "ml-library", number))[2:])


def test_each_level_says_when_the_next_is_worth_having() -> None:
    assert any("proof of concept" in told for told in advice.outlook(assessment(0, {})))
    assert any("definitely automate" in told for told in advice.outlook(assessment(1, {})))
    assert any("do you really need level 4?" in told for told in advice.outlook(assessment(3, {})))
    assert advice.outlook(assessment(4, {}))[-1].startswith("Level 4 is the highest")


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ({}, "Nothing here deploys"),
        ({"low-friction-deployment": "weak"}, "Nothing here deploys"),
        ({"low-friction-deployment": "present"}, "A person deploys here"),
        ({"automated-deployment": "attested"}, "A machine deploys here"),
    ],
)
def test_who_deploys_is_said(statuses: dict[str, str], said: str) -> None:
    assert any(told.startswith(said) for told in advice.outlook(assessment(2, statuses)))


def test_the_step_that_unlocks_a_level_comes_first_and_then_what_is_at_hand() -> None:
    done = {"modular-code": "present", "unit-tests": "present"}
    one_short = assessment(1, {**done, "continuous-integration": "present", "experiment-tracking": "present"})
    steps = advice.steps(one_short, snippets.Seen())
    assert [(step.capabilities[0], step.unlocks) for step in steps] == [("training-pipeline", 2), ("model-registry", 2)]
    two_short = assessment(1, {**done, "continuous-integration": "present", "model-registry": "weak"})
    assert [(step.capabilities[0], step.at_hand) for step in advice.steps(two_short, snippets.Seen())] == [
        ("model-registry", True),
        ("experiment-tracking", False),
        ("training-pipeline", False),
    ]


def test_the_change_is_one_for_what_the_repository_uses() -> None:
    gitlab = scan.assess(str(FIXTURES / "level-2-dvc-mlflow/repo"))
    github = scan.assess(str(FIXTURES / "level-1-github/repo"))
    deploys = next(step for step in gitlab.next_steps if step.capabilities == ("automated-deployment",))
    assert (deploys.change.startswith("Let the GitLab pipeline"), deploys.example[0].path) == (True, ".gitlab-ci.yml")
    assert github.next_steps
    assert all(".gitlab" not in file.path for step in github.next_steps for file in step.example)


@pytest.mark.parametrize("fixture", sorted(path.parent.name for path in FIXTURES.glob("level-*/expected.json")))
def test_next_steps_are_the_gaps_and_what_one_unlocks_it_gives(fixture: str) -> None:
    found = scan.assess(str(FIXTURES / fixture / "repo"))
    assert {step.capabilities for step in found.next_steps} == {gap.capabilities for gap in found.gaps}
    for step in found.next_steps:
        then = what_if.imagined(found, step.capabilities[:1], ())
        assert then is not None
        assert (then.level if then.level > then.before else None) == step.unlocks
    everything = what_if.imagined(found, [step.capabilities[0] for step in found.next_steps], ())
    assert everything is not None
    assert everything.level > (found.level or 0) or found.level == found.model.top or not found.gaps


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, list(words), standalone_mode=False)
    return result.exit_code, result.output, str(result.exception or "")


def test_what_if_tells_the_level_and_what_then_is_next() -> None:
    repo = str(FIXTURES / "level-2-dvc-mlflow/repo")
    _, told, _ = run("what-if", repo, "--add", "model-monitoring", "--add", "automated-deployment", "--no-cache")
    assert told.splitlines()[:3] == [
        "Level 3 of 4 instead of 2: Automated deployment, with gaps open",
        "+ automated-deployment",
        "+ model-monitoring",
    ]
    _, told, _ = run("what-if", repo, "--without", "unit-tests", "--without", "modular-code", "--format", "json")
    assert '"level": 1' in told
    _, told, _ = run("what-if", repo, "--add", "unit-tests")
    assert "Nothing would change" in told
    _, told, _ = run("what-if", str(FIXTURES / "trap-flask-without-ml/repo"), "--add", "unit-tests")
    assert told.startswith("No level")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--add", "model-registri"), "no 'model-registri'"),
        (("--add", "unit-tests", "--without", "unit-tests"), "both name 'unit-tests'"),
        ((), "give a capability"),
        (("--model", "google", "--add", "nothing"), "no 'nothing'"),
    ],
)
def test_what_if_refuses_what_cannot_be(words: tuple[str, ...], said: str) -> None:
    assert said in run("what-if", str(FIXTURES / "level-1-github/repo"), *words)[2]
