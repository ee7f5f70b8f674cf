"""Objects handed from call to call: what the fixtures of links do not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan import scan

if TYPE_CHECKING:
    from pathlib import Path

HELPER = """\
from aws_cdk import aws_codebuild as codebuild, aws_events as events, aws_events_targets as targets


def weekly(scope, name, project):
    rule = events.Rule(scope, name, schedule=events.Schedule.rate(7))
    rule.add_target(targets.CodeBuildProject(project))


training = codebuild.Project(scope, "T", build_spec=codebuild.BuildSpec.from_object({"commands": ["python train.py"]}))
scoring = codebuild.Project(scope, "S", build_spec=codebuild.BuildSpec.from_object({"commands": ["python score.py"]}))
"""
FIT = "from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"


def acts(folder: Path, **files: str) -> list[set[str]]:
    """Return, for each start that comes to anything, the acts that it comes to."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    graph = scan.examine(str(folder)).graph
    found = ({r.evidence.act for r in graph.reach(start.nodes, (start.step,), start.event)} for start in graph.starts)
    return [each for each in found if each]


def test_a_helper_that_is_called_for_two_things_starts_each_by_itself(tmp_path: Path) -> None:
    calls = 'weekly(scope, "a", training)\nweekly(scope, "b", project=scoring)\n'
    score = "import joblib\n\njoblib.load('m').predict(x)\n"
    found = acts(tmp_path, stack=HELPER + calls, train=FIT, score=score)
    assert {"trains"} in found
    assert not any({"trains", "loads"} <= each for each in found)


def test_a_helper_that_is_called_for_one_of_two_things_starts_that_one(tmp_path: Path) -> None:
    found = acts(tmp_path, stack=HELPER + 'weekly(scope, "b", scoring)\n', train=FIT, score="print()\n")
    assert found == []


def test_a_value_handed_to_a_function_does_not_run_where_it_came_from(tmp_path: Path) -> None:
    train = FIT.replace("SVC()", "\n\ndef fit():\n    return SVC()", 1) + "\n\nmodel = fit()\n"
    train = f"from report import show\n{train}show(model)\n"
    report = (
        "import schedule\n\n\ndef show(model):\n    print(model)\n\n\n"
        "def nightly():\n    show(load())\n\n\nschedule.every().day.do(nightly)\nschedule.run_pending()\n"
    )
    assert not any("trains" in each for each in acts(tmp_path, train=train, report=report))
