from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command, Link, Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Callable


AZURE = """\
trigger:
  branches:
    include: [main]
pr: none
schedules:
  - cron: "0 3 * * 1"
resources:
  pipelines:
    - pipeline: train
      source: Train
      trigger: true
stages:
  - stage: Deploy
    jobs:
      - deployment: api
        environment: prod
        strategy:
          runOnce:
            deploy:
              steps:
                - script: |
                    kubectl apply -f k8s
                - template: steps/smoke.yml
                - task: AzureCLI@2
                  inputs:
                    inlineScript: az ml job create -f job.yml
"""


def test_tasks_of_azure_are_known_without_publisher_and_extension(stated: Callable[..., list[Any]]) -> None:
    text = """trigger: [main]
steps:
  - task: ms-devlabs.custom-terraform-tasks.custom-terraform-release-task.TerraformTaskV4@4
    inputs: {command: apply}
  - script: python $(Build.Repository.LocalPath)/deploy/endpoint.py
"""
    assert stated("azure-pipelines.yml", text, Uses, "name") == [("TerraformTaskV4",)]
    assert stated("azure-pipelines.yml", text, Command, "run") == [("python deploy/endpoint.py",)]


def test_azure_pipelines_under_any_name(stated: Callable[..., list[Any]]) -> None:
    path = "devops/cd.yml"
    assert stated(path, AZURE, Trigger, "line", "event", "detail") == [
        (1, "push", "main"),
        (6, "schedule", "0 3 * * 1"),
        (11, "upstream", "Train"),
    ]
    assert stated(path, AZURE, Command, "line", "run", "unit") == [
        (22, "kubectl apply -f k8s", "api"),
        (26, "az ml job create -f job.yml", "api"),
    ]
    assert stated(path, AZURE, Link, "kind", "target", "unit") == [
        ("after", "Deploy", "api"),
        ("file", "devops/steps/smoke.yml", "api"),
    ]
    assert stated(path, AZURE, Uses, "name") == [("AzureCLI",)]


@pytest.mark.parametrize(
    ("given", "runs"),
    [
        ("script: python -m churn.train --rows $(ROWS)", ["python -m churn.train --rows 10"]),
        ("title: Train the model", []),
        ("jobName: pytest results of the night", []),
        ("description: python train.py goes on", []),  # no script
        ("testScript: pytest -q", ["pytest -q"]),
        ("tool: python", []),
    ],
)
def test_a_template_of_azure_runs_the_program_that_it_is_given(
    given: str, runs: list[str], stated: Callable[..., list[Any]]
) -> None:
    text = f"trigger: [main]\nvariables: {{ROWS: 10}}\nsteps:\n  - template: run.yml\n    parameters:\n      {given}\n"
    assert stated("azure-pipelines.yml", text, Command, "run") == [(run,) for run in runs]


@pytest.mark.parametrize(
    ("parameters", "further", "starts"),
    [
        ("", "", True),
        ("parameters:\n  - {name: size, default: 3}\n", "variables: {ROWS: 10}\n", True),
        ("parameters:\n  - {name: size}\n", "variables: {ROWS: 10}\n", False),
        ("parameters:\n  - {name: size, default: 3}\n", "", False),
        ("parameters: {size: 3}\n", "variables: {ROWS: 10}\n", False),
    ],
)
def test_a_pipeline_of_azure_that_needs_no_answers_starts_on_push(
    parameters: str, further: str, starts: bool, stated: Callable[..., list[Any]]
) -> None:
    text = f"{parameters}{further}pool: {{vmImage: ubuntu-latest}}\nsteps:\n  - script: make test\n"
    assert stated("devops/ci.yml", text, Trigger, "event") == ([("push",)] if starts else [])


@pytest.mark.parametrize(
    "text", ["services:\n  a:\n    image: x\n", "apiVersion: v1\nkind: Job\n", "steps: 3\n", "jobs: [a]\n"]
)
def test_other_documents_are_no_azure_pipelines(stated: Callable[..., list[Any]], text: str) -> None:
    assert stated("config.yml", text, Trigger) == []


@pytest.mark.parametrize(
    ("condition", "off", "only"),
    [
        ("succeeded()", "", ()),
        ("always()", "", ()),
        ("false", "condition: false", ()),
        ("eq(variables['Build.Reason'], 'Manual')", "condition: eq(variables['Build.Reason'], 'Manual')", ("manual",)),
        ("eq(variables['Build.Reason'], 'Schedule')", "", ("schedule",)),
        ("ne(variables['Build.Reason'], 'PullRequest')", "", ("manual", "push", "schedule", "upstream")),
        ("and(succeeded(), in(variables['Build.Reason'], 'IndividualCI', 'BatchedCI'))", "", ("push",)),
        ("eq(variables['Build.SourceBranch'], 'refs/heads/main')", "", ("manual", "push", "schedule", "upstream")),
        ("eq(variables['DEPLOY'], 'yes')", "", ()),
    ],
)
def test_azure_conditions(stated: Callable[..., list[Any]], condition: str, off: str, only: tuple[str, ...]) -> None:
    text = f"trigger: [main]\njobs:\n- job: a\n  condition: {condition}\n  steps:\n  - script: x\n"
    assert stated("ci.yml", text, Unit, "name", "off", "only")[1:] == [("a", off, only)]


EXCLUDED = """\
schedules:
- cron: 0 0 * * *
  branches: {{include: {schedule}}}
trigger: {push}
jobs:
- job: a
  condition: {condition}
  steps:
  - script: x
"""


NOT_RELEASE = "ne(variables['Build.SourceBranch'], 'refs/heads/release')"


NAMED = "ne(variables['Build.SourceBranchName'], 'release')"


OF_RELEASE = "eq(variables['Build.SourceBranch'], 'refs/heads/release')"


OF_TAGS = "startsWith(variables['Build.SourceBranch'], 'refs/tags/')"


@pytest.mark.parametrize(
    ("schedule", "push", "condition", "without"),
    [
        ("[release]", "[dev, release]", NOT_RELEASE, {"schedule"}),
        ("[refs/heads/release]", "[dev]", NAMED, {"schedule"}),
        ("[release]", "[dev]", OF_RELEASE, {"push", "pull-request"}),
        ("[release, main]", "[dev]", NOT_RELEASE, set()),
        ("[release*]", "[dev]", NOT_RELEASE, set()),  # may be another branch
        ("[]", "[dev]", NOT_RELEASE, set()),
        ("[main]", "{branches: {include: [dev]}, tags: {include: [v*]}}", OF_TAGS, {"schedule", "pull-request"}),
    ],
)
def test_azure_conditions_on_the_branches_of_triggers(
    stated: Callable[..., list[Any]], schedule: str, push: str, condition: str, without: set[str]
) -> None:
    text = EXCLUDED.format(schedule=schedule, push=push, condition=condition)
    events = {"manual", "pull-request", "push", "schedule", "upstream"}
    assert stated("ci.yml", text, Unit, "only")[1:] == [(tuple(sorted(events - without)) if without else (),)]
