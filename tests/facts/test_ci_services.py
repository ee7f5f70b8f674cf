from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command, Image, Link, Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Callable


GITLAB = """\
stages: [test, train]
include:
  - local: /ci/lint.yml
.base:
  image: python:3.12
  before_script: [pip install .]
test:
  extends: .base
  script:
    - pytest
train:
  script: [make train]
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
release:
  script: [twine upload dist/*]
  only: [tags]
deploy:
  script: [kubectl apply -f k8s]
  when: manual
"""


def test_gitlab_jobs_rules_and_inheritance(stated: Callable[..., list[Any]]) -> None:
    assert stated(".gitlab-ci.yml", GITLAB, Unit, "name", "off") == [
        ("test", ""),
        ("train", ""),
        ("release", ""),
        ("deploy", "when: manual"),
    ]
    assert stated(".gitlab-ci.yml", GITLAB, Command, "run", "unit")[:2] == [
        ("pip install .", "test"),
        ("pytest", "test"),
    ]
    events = stated(".gitlab-ci.yml", GITLAB, Trigger, "event", "unit")
    assert ("push", "test") in events
    assert [event for event in events if event[1] in {"train", "release"}] == [
        ("schedule", "train"),
        ("tag", "release"),
    ]
    assert stated(".gitlab-ci.yml", GITLAB, Link, "target") == [("ci/lint.yml",)]
    assert stated(".gitlab-ci.yml", GITLAB, Image, "name", "unit") == [("python:3.12", "test")]


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


def test_build_services_have_steps_and_no_trigger(stated: Callable[..., list[Any]]) -> None:
    cloud = "steps:\n  - name: gcr.io/cloud-builders/docker\n    args: [build, -t, churn, .]\n  - name: python\n    entrypoint: bash\n    args:\n      - -c\n      - |\n        make test\n"
    assert stated("cloudbuild.yaml", cloud, Command, "line", "run") == [
        (3, "docker build -t churn ."),
        (9, "make test"),
    ]
    assert stated("cloudbuild.yaml", cloud, Trigger) == []
    assert stated("ci/release.yaml", cloud, Command, "line", "run") == [
        (3, "docker build -t churn ."),
        (9, "make test"),
    ]
    assert stated("ci/release.yaml", cloud.replace("gcr.io/cloud-builders/", ""), Command) == []
    code = "version: 0.2\nphases:\n  build:\n    commands:\n      - pytest\n"
    assert stated("buildspec.yml", code, Command, "line", "run") == [(5, "pytest")]


def test_pre_commit_hooks_are_steps(stated: Callable[..., list[Any]]) -> None:
    text = "ci: {}\nrepos:\n  - repo: https://x\n    hooks:\n      - id: ruff\n  - repo: local\n    hooks:\n      - id: style\n        entry: make style\n"
    assert stated(".pre-commit-config.yaml", text, Uses, "line", "name") == [
        (5, "pre-commit:ruff"),
        (8, "pre-commit:style"),
    ]
    assert stated(".pre-commit-config.yaml", text, Command, "run") == [("make style",)]
    assert stated(".pre-commit-config.yaml", text, Trigger, "event") == [("pull-request",)]


@pytest.mark.parametrize(
    ("job", "events", "off"),
    [
        ("script: [x]", ["push", "pull-request"], ""),
        ("rules: [{if: $CI_COMMIT_TAG}]", ["tag"], ""),
        ("rules: [{if: $CI_COMMIT_TAG =~ /^v/}]", ["tag"], ""),
        ("rules: [{if: '$CI_COMMIT_BRANCH == \"main\"'}]", ["push"], ""),
        (
            "rules: [{if: '$CI_PIPELINE_SOURCE == \"schedule\"', when: never}, {when: always}]",
            ["push", "pull-request"],
            "",
        ),
        ("rules: [{if: '$CI_PIPELINE_SOURCE != \"schedule\"', when: never}, {when: always}]", [], "when: never"),
        ("rules: [{if: '$CI_PIPELINE_SOURCE == \"trigger\"'}]", ["event"], ""),
        ("rules: [{if: '$TRAIN == \"yes\"'}]", ["push", "pull-request"], ""),
        ('rules: [{if: \'$SCHEDULE_TYPE == "retrain" && $CI_PIPELINE_SOURCE == "schedule"\'}]', ["schedule"], ""),
        ("rules: [{if: '$CI_PIPELINE_SOURCE == \"web\"'}]", [], "when: never"),
        ("{script: [x], rules: [{when: manual}]}", [], "when: manual"),
        ("{when: manual, rules: [{if: $CI_COMMIT_BRANCH}]}", [], "when: manual"),
        ("only: [main]", ["push"], ""),
        ("only: {refs: [schedules]}", ["schedule"], ""),
        ("except: [tags, merge_requests]", ["push"], ""),
    ],
)
def test_gitlab_rules_event_by_event(stated: Callable[..., list[Any]], job: str, events: list[str], off: str) -> None:
    text = f"job: {job if job.startswith('{') else '{' + job + '}'}\n"
    assert [event for (event,) in stated(".gitlab-ci.yml", text, Trigger, "event")] == events
    assert stated(".gitlab-ci.yml", text, Unit, "off") == [(off,)]


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


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("appveyor.yml", "build: off\ntest_script:\n  - pytest\n"),
        (".appveyor.yml", "test_script:\n  - ps: pytest\n"),
        (".buildkite/pipeline.yml", "steps:\n  - label: test\n    command: pytest\n"),
        (".buildkite/pipeline.yml", "steps:\n  - group: all\n    steps:\n      - commands: [pytest]\n"),
        (".cirrus.yml", "test_task:\n  test_script: pytest\n"),
        (".cirrus.yml", "task:\n  - script: [pytest]\n"),
        ("codefresh.yml", "steps:\n  test:\n    commands: [pytest]\n"),
        (".semaphore/semaphore.yml", "blocks:\n  - task:\n      jobs:\n        - commands: [pytest]\n"),
        ("wercker.yml", "build:\n  steps:\n    - script:\n        code: |\n          pytest\n"),
        (".nosana-ci.yml", "jobs:\n  - name: test\n    commands:\n      - pytest\n"),
        (".nosana-ci.yml", "jobs:\n  - name: test\n    commands:\n      - cmd: pytest\n"),
        ("screwdriver.yaml", "jobs:\n  main:\n    requires: [~pr, ~commit]\n    steps:\n      - test: pytest\n"),
        (".scrutinizer.yml", "build:\n  tests:\n    override: [pytest]\n"),
        (
            ".scrutinizer.yml",
            "build:\n  nodes:\n    a:\n      tests:\n        override:\n          - command: pytest\n",
        ),
        ("shippable.yml", "build:\n  ci:\n    - pytest\n"),
        (".build.yml", "tasks:\n  - test: |\n      pytest\n"),
        (".builds/test.yml", "tasks:\n  - test: pytest\n"),
    ],
)
def test_services_that_run_commands_on_every_push(stated: Callable[..., list[Any]], path: str, text: str) -> None:
    assert stated(path, text, Command, "run", "tolerated") == [("pytest", False)]
    assert {event for (event,) in stated(path, text, Trigger, "event")} == {"push", "pull-request"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("appveyor.yml", "build: off\ntest_script: off\n"),
        (".buildkite/pipeline.yml", "steps:\n  - block: ready?\n  - command: pytest\n"),
        (".buildkite/pipeline.yml", "steps:\n  - wait\n"),
        (".cirrus.yml", "task:\n  trigger_type: manual\n  test_script: pytest\n"),
        ("old/appveyor.yml", "test_script:\n  - pytest\n"),
        ("wercker.yml", "dev:\n  steps:\n    - script:\n        code: pytest\n"),
        ("screwdriver.yaml", "jobs:\n  main:\n    steps:\n      - test: pytest\n"),
        ("ci/.nosana-ci.yml", "jobs:\n  - commands:\n      - pytest\n"),
        (".scrutinizer.yml", "filter:\n  excluded_paths: [tests/*]\n"),
    ],
)
def test_what_no_push_starts(stated: Callable[..., list[Any]], path: str, text: str) -> None:
    assert stated(path, text, Trigger) == []


def test_what_may_fail_is_tolerated(stated: Callable[..., list[Any]]) -> None:
    text = "steps:\n  - command: pytest\n    soft_fail: true\n"
    assert stated(".buildkite/pipeline.yml", text, Command, "tolerated") == [(True,)]


def test_a_push_starts_one_file_of_semaphore_alone(stated: Callable[..., list[Any]]) -> None:
    text = "blocks:\n  - task:\n      jobs:\n        - commands: [python train.py]\n"
    for name, events in (("semaphore", ["push", "pull-request"]), ("production", [])):
        assert [event for (event,) in stated(f".semaphore/{name}.yml", text, Trigger, "event")] == events


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
