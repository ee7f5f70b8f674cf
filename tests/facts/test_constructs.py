"""What constructs of the AWS CDK state: cases that the fixtures of chains do not show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command, Link, Trigger

if TYPE_CHECKING:
    from collections.abc import Callable

CDK = """\
from aws_cdk import aws_codepipeline_actions as actions, aws_events as events, aws_lambda as lambda_
from aws_cdk import aws_s3 as s3, aws_s3_notifications as notifications, pipelines

%s
"""


@pytest.mark.parametrize(
    ("code", "triggers"),
    [
        ("rule = events.Rule(s, 'R', schedule=events.Schedule.cron(hour='3'))", [("schedule", "rule")]),
        ("events.Rule(s, 'R', schedule=events.Schedule.cron(hour='3'))", [("schedule", "R")]),
        ("events.Rule(s, 'R', schedule=None, targets=[])", []),
        ("rule.add_event_pattern(source=['aws.s3'])", []),
        ("r = events.Rule(s, 'R')\nr.add_event_pattern(source=['aws.codecommit'])", [("push", "r")]),
        ("a = actions.CodeCommitSourceAction(repository=r)", [("push", "a")]),
        ("a = actions.CodeCommitSourceAction(trigger=actions.CodeCommitTrigger.NONE)", []),
        ("a = actions.CodeStarConnectionsSourceAction(trigger_on_push=False)", []),
        ("i = pipelines.CodePipelineSource.connection('o/r', 'main', connection_arn='x')", [("push", "i")]),
        (
            "b = s3.Bucket(s, 'B')\nb.add_event_notification(s3.EventType.OBJECT_CREATED, notifications.LambdaDestination(f))",
            [("event", "b.5")],
        ),
    ],
)
def test_cdk_triggers(stated: Callable[..., list[Any]], code: str, triggers: list[tuple[str, str]]) -> None:
    assert stated("stack.py", CDK % code, Trigger, "event", "unit") == triggers


def test_cdk_commands_run_where_the_construct_does(stated: Callable[..., list[Any]]) -> None:
    code = CDK % (
        "from aws_cdk import aws_codebuild as codebuild\n"
        "spec = codebuild.BuildSpec.from_object(dict(phases=dict(build={'commands': ['cd ml', 'make train']})))\n"
        "synth = pipelines.ShellStep('S', commands=['npm ci', 'npx cdk synth'])"
    )
    assert stated("stack.py", code, Command, "run", "unit", "directory") == [
        ("make train", "spec", "ml"),
        ("npm ci", "synth", ""),
        ("cdk synth", "synth", ""),
    ]


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("f = lambda_.Function(s, 'F', handler='app.run', code=lambda_.Code.from_asset('fn'))", "fn/app.py:run"),
        (
            (
                "import os\nf = lambda_.Function(s, 'F', handler='app.run', "
                "code=lambda_.Code.from_asset(os.path.join(os.path.dirname(__file__), 'fn')))"
            ),
            "fn/app.py:run",
        ),
        (
            (
                "from aws_cdk.aws_lambda_python_alpha import PythonFunction\n"
                "f = PythonFunction(s, 'F', entry='fn', index='app.py', handler='run')"
            ),
            "fn/app.py:run",
        ),
    ],
)
def test_cdk_functions(stated: Callable[..., list[Any]], code: str, target: str) -> None:
    assert stated("stack.py", CDK % code, Link, "kind", "target", "unit") == [("function", target, "f")]


def test_what_is_returned_or_kept_is_the_same_object(stated: Callable[..., list[Any]]) -> None:
    code = "import aws_cdk\nclass A:\n    def __init__(self, job):\n        self.job = job\n\n    def make(self):\n        x = f()\n        return x\n"
    assert stated("a.py", code, Link, "kind", "target", "unit") == [
        ("unit", "A.__init__.job", "A.self.job"),
        ("unit", "A.make.x", "A.make.return"),
    ]
