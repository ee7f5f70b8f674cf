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
