"""Workflows that are resources of Kubernetes: templates named by other resources, scripts, and what starts them.

Sources of the formats: https://argo-workflows.readthedocs.io/en/latest/fields/,
https://argoproj.github.io/argo-events/sensors/triggers/argo-workflow/, https://tekton.dev/docs/pipelines/ and
https://tekton.dev/docs/triggers/eventlisteners/
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import lambda_code, shell
from mlops_scan.facts.kinds import Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

# kinds of resources that others run by name, and the keys that name them
_KINDS = {
    "WorkflowTemplate": "WorkflowTemplate",
    "ClusterWorkflowTemplate": "WorkflowTemplate",
    "Pipeline": "Pipeline",
    "Task": "Task",
    "ClusterTask": "Task",
    "TriggerTemplate": "TriggerTemplate",
}
_TEMPLATE = "templateRef"
_KEYS = {
    "workflowTemplateRef": "WorkflowTemplate",
    _TEMPLATE: "WorkflowTemplate",
    "pipelineRef": "Pipeline",
    "taskRef": "Task",
}
_PUSHES = {"push": "push", "pull_request": "pull-request", "Push Hook": "push", "Merge Request Hook": "pull-request"}
_MOST = 5000


def alias(kind: str, name: str) -> str:
    """Return the name by which other resources run one, empty where its kind is run by none."""
    return f"{_KINDS[kind]}/{name}" if kind in _KINDS else ""


def named(document: Node, *, of_templates: bool = True) -> Iterator[tuple[int, str]]:
    """Yield the resources that one runs by name; ``of_templates``: also by a template of theirs."""
    for key, node in _below(document):
        if key == _TEMPLATE and not of_templates:
            continue
        name = node.get("name") if key in _KEYS else None
        if name is not None and name.text:
            yield name.line, f"{_KEYS[key]}/{name.text}"
        given = node.get("ref") if key == "template" else None
        if given is not None and given.text:
            yield given.line, f"TriggerTemplate/{given.text}"


def _below(document: Node) -> Iterator[tuple[str, Node]]:
    waiting, left = [("", document)], _MOST
    while waiting and left:
        key, node = waiting.pop()
        left -= 1
        yield key, node
        if node.mapping:
            waiting.extend(node.mapping.items())
        elif not node.text:
            waiting.extend(("", item) for item in node.items)


def events(document: Node, kind: str, unit: str) -> Iterator[Trigger]:
    """Yield what starts a sensor or an event listener."""
    if kind == "Sensor" and document.get("spec", "dependencies") is not None:
        yield Trigger(document.line, "event", "sensor", unit)
    for key, node in _below(document) if kind == "EventListener" else ():
        if key == "eventTypes" or (key == "" and (name := node.get("name")) and name.text == "eventTypes"):
            asked = node if key else node.get("value")
            for item in asked.items if asked else ():
                if item.text in _PUSHES:
                    yield Trigger(item.line, _PUSHES[item.text], item.text, unit)


def script(container: Node, unit: str) -> Iterator[Fact]:
    """Yield what a script inside a template runs: Python, or shell."""
    text = container.get("source") or container.get("script")
    if text is None or not text.text:
        yield from _inline(container, unit)
        return
    command = container.get("command")
    first = text.text.partition("\n")[0] if text.text.startswith("#!") else ""
    program = " ".join((first, *(item.text for item in (command.items if command else ()))))
    if "python" in program:
        yield from lambda_code.written(text.text, text.line, unit)
    else:
        yield from shell.commands(text.text, text.line + 1, unit)


def _inline(container: Node, unit: str) -> Iterator[Fact]:
    """Yield what Python code among the words of a container's command does: ``[python, -c, …]``."""
    parts = (container.get(key) for key in ("command", "args"))
    words = [item for part in parts if part is not None for item in part.items]
    if [word.text for word in words[1:2]] == ["-c"] and posixpath.basename(words[0].text).startswith("python"):
        yield from (fact for word in words[2:3] for fact in lambda_code.written(word.text, word.line, unit))
