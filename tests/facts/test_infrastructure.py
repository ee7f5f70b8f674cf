"""What readers of infrastructure state of units, triggers and links: cases that the fixtures of chains do not show."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan import facts
from mlops_scan.facts.kinds import Call, Command, Image, Link, Resource, Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Callable


def terraform(kind: str, body: str) -> str:
    return f'resource "{kind}" "x" {{\n{body}\n}}\n'


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("google_cloud_scheduler_job", "paused = true"),
        ("google_cloudbuild_trigger", "disabled = true"),
        ("google_cloudbuild_trigger", "approval_config {\n approval_required = true\n}"),
        ("aws_scheduler_schedule", 'state = "DISABLED"'),
        ("aws_scheduler_schedule", "state = var.state"),
        ("aws_cloudwatch_event_rule", "is_enabled = false"),
        ("aws_cloudwatch_event_rule", "count = var.enabled ? 1 : 0"),
        ("databricks_job", 'schedule {\n pause_status = "PAUSED"\n}'),
        ("kubernetes_cron_job_v1", "spec {\n suspend = true\n}"),
        ("gitlab_pipeline_schedule", "active = false"),
    ],
)
def test_terraform_that_starts_nothing(stated: Callable[..., list[Any]], kind: str, line: str) -> None:
    assert [bool(off) for (off,) in stated("main.tf", terraform(kind, line), Unit, "off")] == [True]


@pytest.mark.parametrize("line", ["count = 1", 'state = "ENABLED"', "paused = false", 'for_each = toset(["a"])'])
def test_terraform_that_starts(stated: Callable[..., list[Any]], line: str) -> None:
    assert stated("main.tf", terraform("aws_scheduler_schedule", line), Unit, "off") == [("",)]


@pytest.mark.parametrize(
    ("kind", "body", "triggers"),
    [
        ("google_cloudbuild_trigger", 'github {\n push {\n tag = "v.*"\n}\n}', [(4, "tag", "v.*")]),
        ("google_cloudbuild_trigger", 'github {\n pull_request {\n branch = ".*"\n}\n}', [(4, "pull-request", ".*")]),
        ("google_cloudbuild_trigger", 'trigger_template {\n branch_name = "main"\n}', [(3, "push", "main")]),
        ("google_cloudbuild_trigger", 'source_to_build {\n branch = "main"\n}', []),
        ("databricks_job", 'schedule {\n quartz_cron_expression = "0 0 3 * * ?"\n}', [(3, "schedule", "0 0 3 * * ?")]),
        ("kubernetes_cron_job", 'spec {\n schedule = "@weekly"\n}', [(3, "schedule", "@weekly")]),
        ("gitlab_pipeline_schedule", 'cron = "0 3 * * 1"', [(2, "schedule", "0 3 * * 1")]),
        ("aws_cloudwatch_event_rule", 'event_pattern = jsonencode({ source = ["aws.s3"] })', [(2, "event", "data")]),
        (
            "aws_s3_bucket_notification",
            'lambda_function {\n events = ["s3:ObjectCreated:*"]\n}',
            [(3, "event", "data")],
        ),
        (
            "azurerm_container_app_job",
            'schedule_trigger_config {\n cron_expression = "0 3 * * 1"\n}',
            [(3, "schedule", "0 3 * * 1")],
        ),
        (
            "aws_codepipeline",
            'stage {\n action {\n provider = "CodeStarSourceConnection"\n}\n}',
            [(4, "push", "CodeStarSourceConnection")],
        ),
        (
            "aws_codepipeline",
            'stage {\n action {\n provider = "CodeCommit"\n configuration = { PollForSourceChanges = "false" }\n}\n}',
            [],
        ),
    ],
)
def test_terraform_triggers(
    stated: Callable[..., list[Any]], kind: str, body: str, triggers: list[tuple[int, str, str]]
) -> None:
    assert stated("main.tf", terraform(kind, body), Trigger, "line", "event", "detail") == triggers


def test_terraform_code_of_jobs_and_builds(stated: Callable[..., list[Any]]) -> None:
    text = (
        terraform("aws_codebuild_project", 'source {\n buildspec = file("${path.module}/spec.yml")\n}')
        + terraform(
            "aws_sfn_state_machine",
            'definition = templatefile("../machine.asl.json", { fn = aws_lambda_function.f.arn })',
        )
        + terraform("databricks_job", 'task {\n spark_python_task {\n python_file = "../src/train.py"\n}\n}')
        + terraform("aws_lambda_function", 'image_uri = "1.dkr.ecr.eu-west-1.amazonaws.com/retrain:1"')
    )
    assert stated("infra/main.tf", text, Link, "kind", "target") == [
        ("file", "infra/spec.yml"),
        ("file", "machine.asl.json"),
        ("resource", "aws_lambda_function.f"),
        ("file", "src/train.py"),
        ("image", "1.dkr.ecr.eu-west-1.amazonaws.com/retrain:1"),
    ]


def test_terraform_containers_run_their_command_instead_of_the_images(stated: Callable[..., list[Any]]) -> None:
    text = terraform(
        "aws_ecs_task_definition",
        'container_definitions = jsonencode([{ image = "repo/churn", command = ["python", "-m", "churn.train"] }])',
    )
    assert stated("main.tf", text, Command, "run", "unit") == [("python -m churn.train", "aws_ecs_task_definition.x")]
    assert stated("main.tf", text, Image, "name") == [("repo/churn",)]
    assert stated("main.tf", text, Link) == []


def test_terraform_inline_build_and_states(stated: Callable[..., list[Any]]) -> None:
    text = (
        'resource "aws_codebuild_project" "x" {\n  source {\n    buildspec = <<EOT\n'
        "version: 0.2\nphases:\n  build:\n    commands:\n      - make train\nEOT\n  }\n}\n"
        'resource "aws_sfn_state_machine" "y" {\n  definition = jsonencode({\n'
        '    States = { T = { Resource = "arn:aws:states:::sagemaker:createTrainingJob.sync" } }\n  })\n}\n'
    )
    assert stated("main.tf", text, Command, "run", "unit") == [("make train", "aws_codebuild_project.x")]
    assert stated("main.tf", text, Uses, "name", "unit") == [
        ("arn:aws:states:::sagemaker:createTrainingJob.sync", "aws_sfn_state_machine.y")
    ]


def test_community_module_for_functions(stated: Callable[..., list[Any]]) -> None:
    text = 'module "retrain" {\n  source = "terraform-aws-modules/lambda/aws"\n  handler = "app.run"\n  source_path = "../fn"\n}\n'
    assert stated("infra/main.tf", text, Link, "kind", "target", "unit") == [
        ("function", "fn/app.py:run", "module.retrain")
    ]


TEMPLATE = """\
Parameters:
  On: {Type: String, Default: %s}
Resources:
  Rule:
    Type: AWS::Events::Rule
    Properties:
      State: !Ref On
      ScheduleExpression: rate(1 day)
  Function:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: |
        import boto3

        def handler(event, context):
            boto3.client("sagemaker").start_pipeline_execution(PipelineName="churn")
      Handler: index.handler
      Events:
        Upload: {Type: S3, Properties: {Bucket: !Ref Bucket}}
        Web: {Type: Api, Properties: {Path: /, Method: get}}
"""


@pytest.mark.parametrize(("default", "off"), [("ENABLED", ""), ("DISABLED", "disabled")])
def test_parameters_of_a_template_switch_by_their_default(
    stated: Callable[..., list[Any]], default: str, off: str
) -> None:
    assert stated("t.yaml", TEMPLATE % default, Unit, "name", "off") == [("Rule", off), ("Function", "")]


def test_functions_in_a_template(stated: Callable[..., list[Any]]) -> None:
    assert stated("t.yaml", TEMPLATE % "ENABLED", Trigger, "event", "detail", "unit") == [
        ("schedule", "rate(1 day)", "Rule"),
        ("event", "data", "Function"),
    ]
    assert (16, "boto3.client.start_pipeline_execution", "Function") in stated(
        "t.yaml", TEMPLATE % "ENABLED", Call, "line", "name", "unit"
    )


BUILD = """\
{"Resources": {"Build": {"Type": "AWS::CodeBuild::Project", "Properties": {
  "Source": {"Type": "GITHUB"%s},
  "Triggers": {"Webhook": true, "FilterGroups": [[{"Type": "EVENT", "Pattern": "%s"}]]}}}}}
"""


@pytest.mark.parametrize(("pattern", "event"), [("PUSH", "push"), ("PULL_REQUEST_CREATED", "pull-request")])
def test_builds_that_a_webhook_starts(stated: Callable[..., list[Any]], pattern: str, event: str) -> None:
    assert stated("t.json", BUILD % ("", pattern), Trigger, "event", "unit") == [(event, "Build")]
    assert stated("t.json", BUILD % ("", pattern), Link, "kind", "target") == [("file", "buildspec.yml")]
    named = BUILD % (', "BuildSpec": "ci/spec.yml"', pattern)
    assert stated("t.json", named, Link, "kind", "target") == [("file", "ci/spec.yml")]


STATES = """\
{"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {
    "B": {"Type": "Task", "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync"}}}]},
  "C": {"Type": "Map", "ItemProcessor": {"StartAt": "D", "States": {
    "D": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke"}}}}}}
"""


def test_tasks_inside_parallel_and_mapped_states(stated: Callable[..., list[Any]]) -> None:
    assert sorted(stated("m.asl.json", STATES, Uses, "line", "name")) == [
        (3, "arn:aws:states:::sagemaker:createTrainingJob.sync"),
        (5, "arn:aws:states:::lambda:invoke"),
    ]


def test_an_expression_of_many_parts_takes_no_square_of_them() -> None:
    text = 'resource "a" "b" {\n  name = ' + "*a " * 8_000
    began = time.thread_time()
    facts.read("main.tf", text.encode())
    assert time.thread_time() - began < 2.5  # the square takes ten


def test_resources_of_azure_templates_with_those_inside_others(stated: Callable[..., list[Any]]) -> None:
    text = """{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "resources": [
    {"type": "Microsoft.MachineLearningServices/workspaces", "name": "w",
     "resources": [{"type": "computes", "name": "cpu", "properties": {"computeType": "AmlCompute"}}]},
    {"type": "Microsoft.Resources/deployments", "name": "nested", "properties": {"template": {
      "resources": {"site": {"type": "Microsoft.Web/sites", "name": "churn"}}}}},
    {"type": "Microsoft.Resources/deployments", "name": "linked", "properties": {"templateLink": {"uri": "x"}}}
  ]
}"""
    assert [fact.kind for fact in stated("infra/main.json", text, Resource)] == [
        "Microsoft.MachineLearningServices/workspaces",
        "Microsoft.MachineLearningServices/workspaces/computes",
        "Microsoft.Web/sites",
        "Microsoft.Resources/deployments",
    ]
    assert stated("infra/main.json", text.replace("deploymentTemplate", "other"), Resource) == []


def test_resources_and_modules_of_bicep(stated: Callable[..., list[Any]]) -> None:
    text = """// resource a 'Microsoft.Web/sites@2022-03-01' = {}
resource w 'Microsoft.MachineLearningServices/workspaces@2023-04-01' = if (wanted) {
  name: 'w-${prefix}'
  /* resource b 'onlineEndpoints@2023-04-01' = {} */
  resource cpu 'computes@2023-04-01' = {
    name: 'cpu'
  }
}
resource vault 'Microsoft.KeyVault/vaults@2023-02-01' existing = {
  name: 'v'
}
module m '../modules/storage.bicep' = [for place in places: {
  name: place
}]
"""
    assert stated("infra/main/main.bicep", text, Resource, "line", "kind", "name") == [
        (2, "Microsoft.MachineLearningServices/workspaces", "w"),
        (5, "Microsoft.MachineLearningServices/workspaces/computes", "cpu"),
        (12, "module", "infra/modules/storage.bicep"),
    ]


def test_the_steps_of_a_long_pipeline_definition(stated: Callable[..., list[Any]]) -> None:
    step = (
        '{ Name = "S", Type = "Training", Arguments = { TrainingImage = "churn:1.0", Inputs = [{ Path = "/opt" }] } },'
    )
    body = f"pipeline_definition = jsonencode({{ Steps = [\n{(step + chr(10)) * 60}] }})"
    found = stated("main.tf", terraform("aws_sagemaker_pipeline", body), Uses, "line", "arguments")
    assert [arguments for _, arguments in found[:2]] == [{"Type": "Training"}, {"TrainingImage": "churn:1.0"}]
    assert [line for line, _ in found[::2]] == list(range(3, 63))
