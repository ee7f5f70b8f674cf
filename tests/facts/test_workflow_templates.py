"""Workflows that are resources of Kubernetes: Argo, Tekton, Kubeflow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Call, Command, Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

TEKTON = """\
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: l}
spec:
  triggers:
    - interceptors: [{ref: {name: github}, params: [{name: eventTypes, value: %s}]}]
      template: {ref: t}
"""


@pytest.mark.parametrize(
    ("types", "events"), [("[push]", ["push"]), ("[pull_request]", ["pull-request"]), ("[issue_comment]", [])]
)
def test_event_listeners(stated: Callable[..., list[Any]], types: str, events: list[str]) -> None:
    assert stated("l.yaml", TEKTON % types, Trigger, "event") == [(event,) for event in events]


def test_scripts_of_templates(stated: Callable[..., list[Any]]) -> None:
    text = (
        "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {name: w}\nspec:\n  templates:\n"
        "    - name: a\n      script:\n        image: python\n        command: [python]\n        source: |\n"
        "          import xgboost\n          xgboost.train({}, data)\n"
        "    - name: b\n      script:\n        image: alpine\n        command: [sh]\n        source: |\n          make train\n"
    )
    assert stated("w.yaml", text, Call, "line", "name", "unit") == [(12, "xgboost.train", "w.a")]
    assert ("make train",) in stated("w.yaml", text, Command, "run")
    assert stated("w.yaml", text, Unit, "alias") == [
        ("WorkflowTemplate/w",),
        ("WorkflowTemplate/w/a",),
        ("WorkflowTemplate/w/b",),
    ]


ARGO = """apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: weekly}
spec:
  entrypoint: main
  templates:
    - name: main
      steps:
        - - {name: a, template: train}
          - {name: b, templateRef: {name: lib, template: check}}
    - name: graph
      dag:
        tasks: [{name: c, template: train}]
    - name: train
      container:
        image: churn
        command: [/usr/bin/python3, -c]
        args:
          - |
            import xgboost
            xgboost.train({}, data)
"""


def test_templates_of_argo_are_units_that_run_each_other(stated: Callable[..., list[Any]]) -> None:
    assert stated("w.yaml", ARGO, Unit, "name", "kind") == [
        ("weekly", "container"),
        ("weekly.main", "task"),
        ("weekly.graph", "task"),
        ("weekly.train", "task"),
    ]
    assert set(stated("w.yaml", ARGO, Link, "line", "kind", "target", "unit")) == {
        (7, "unit", "weekly.main", "weekly"),
        (9, "unit", "weekly.train", "weekly.main"),
        (10, "name", "WorkflowTemplate/lib/check", "weekly.main"),
        (13, "unit", "weekly.train", "weekly.graph"),
    }
    assert stated("w.yaml", ARGO, Call, "name", "unit") == [("xgboost.train", "weekly.train")]


def test_templates_of_others_are_no_units(stated: Callable[..., list[Any]]) -> None:
    assert stated("w.yaml", ARGO.replace("kind: Workflow", "kind: Rollout"), Unit, "name") == [("weekly",)]


def test_scheduled_workflows_of_kubeflow(stated: Callable[..., list[Any]]) -> None:
    text = (
        "apiVersion: kubeflow.org/v1beta1\nkind: ScheduledWorkflow\nmetadata: {name: w}\nspec:\n  enabled: %s\n"
        "  trigger: {cronSchedule: {cron: '0 0 3 * * 1'}}\n"
        "  workflow: {spec: {templates: [{container: {image: i, command: [python, train.py]}}]}}\n"
    )
    assert stated("w.yaml", text % "true", Trigger, "event", "detail", "unit") == [("schedule", "0 0 3 * * 1", "w")]
    assert stated("w.yaml", text % "true", Unit, "off", "only") == [("", ("schedule",))]
    assert stated("w.yaml", text % "false", Unit, "off") == [("not enabled",)]
