"""Objects handed from call to call: what the fixtures of links do not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan import scan
from mlops_scan.chains import Node

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


STACK = """\
from aws_cdk import Stack
from aws_cdk import aws_codebuild as codebuild, aws_codepipeline as codepipeline, aws_codepipeline_actions as actions


class Training(Stack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        steps = codebuild.BuildSpec.from_object({"commands": ["python train.py"]})
        project = codebuild.Project(self, "P", build_spec=steps)
        pipeline = codepipeline.Pipeline(self, "L")
        pipeline.add_stage(stage_name="S", actions=[actions.CodeBuildAction(action_name="A", project=project)])
"""


def test_a_test_that_makes_a_stack_runs_none_of_its_builds(tmp_path: Path) -> None:
    test = "from stack import Training\n\n\ndef test_it():\n    assert Training(None, 'x').node\n"
    for name, text in {"stack.py": STACK, "train.py": FIT, "test_stack.py": test}.items():
        (tmp_path / name).write_text(text)
    graph = scan.examine(str(tmp_path)).graph
    pipeline = Node("stack.py", "Training.__init__.pipeline")
    assert [found.evidence.act for found in graph.reach([pipeline])] == ["trains"]
    assert [found.evidence.act for found in graph.reach([Node("test_stack.py", "test_it")])] == []
