from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command, Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Callable


def test_circleci_runs_only_jobs_of_workflows(stated: Callable[..., list[Any]]) -> None:
    text = "jobs:\n  a:\n    docker: [{image: cimg/python}]\n    steps:\n      - run: pytest\n  b:\n    steps:\n      - run:\n          command: make train\nworkflows:\n  w:\n    jobs: [a]\n"
    assert stated(".circleci/config.yml", text, Unit, "name", "off") == [("a", ""), ("b", "in no workflow")]
    assert stated(".circleci/config.yml", text, Command, "run", "unit") == [("pytest", "a"), ("make train", "b")]
    assert stated(".circleci/config.yml", text, Trigger, "event", "unit") == [("push", "a")]


@pytest.mark.parametrize(
    ("condition", "events"),
    [
        ("when: {equal: [scheduled_pipeline, << pipeline.trigger_source >>]}", ["schedule"]),
        ("when: {equal: [nightly, << pipeline.schedule.name >>]}", ["schedule"]),
        ("when: {not: {equal: [scheduled_pipeline, << pipeline.trigger_source >>]}}", ["push"]),
        ("when: << pipeline.parameters.train >>", []),
        ("unless: << pipeline.parameters.train >>", ["push"]),
        ("when: {and: [true, {or: [<< pipeline.parameters.train >>, {matches: {pattern: x, value: y}}]}]}", ["push"]),
    ],
)
def test_circleci_conditions(stated: Callable[..., list[Any]], condition: str, events: list[str]) -> None:
    text = f"parameters:\n  train: {{type: boolean, default: false}}\njobs:\n  a:\n    steps: [{{run: x}}]\nworkflows:\n  w:\n    {condition}\n    jobs: [a]\n"
    assert [event for (event,) in stated(".circleci/config.yml", text, Trigger, "event")] == events


def test_circleci_runs_the_jobs_of_orbs_as_they_are(stated: Callable[..., list[Any]]) -> None:
    text = """
version: 2.1
workflows:
  all:
    jobs:
      - heroku/deploy-via-git:
          name: staging
          app-name: churn
          filters: {branches: {only: [main, next]}}
      - ask: {type: approval, requires: [staging]}
      - heroku/deploy-via-git: {name: production, requires: [ask]}
"""
    path = ".circleci/config.yml"
    waits = "waits for ask, which has type: approval"
    assert stated(path, text, Unit, "name", "off") == [("staging", ""), ("production", waits)]
    assert stated(path, text, Uses, "name", "unit") == [
        ("heroku/deploy-via-git", "staging"),
        ("heroku/deploy-via-git", "production"),
    ]
    assert stated(path, text, Trigger, "event", "detail", "unit") == [("push", "main, next", "staging")]


def test_circleci_has_no_jobs_that_are_nowhere(stated: Callable[..., list[Any]]) -> None:
    text = "version: 2.1\nworkflows: {all: {jobs: [deploy]}}\n"
    assert stated(".circleci/config.yml", text, Unit, "name") == []


def test_an_orb_s_job_that_waits_in_one_workflow_is_started_by_another(stated: Callable[..., list[Any]]) -> None:
    text = """
version: 2.1
workflows:
  nightly: {jobs: [gcp-cloud-run/deploy]}
  commit:
    jobs:
      - hold: {type: approval}
      - gcp-cloud-run/deploy: {requires: [hold]}
"""
    assert stated(".circleci/config.yml", text, Unit, "name", "off") == [("gcp-cloud-run/deploy", "")]
