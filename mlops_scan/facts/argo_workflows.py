"""The templates of Argo workflows: each is a unit, which steps, tasks and other resources run by name.

Source of the format: https://argo-workflows.readthedocs.io/en/latest/fields/#template
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import workflow_templates
from mlops_scan.facts.kinds import Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_API = "argoproj.io/"
_KINDS = frozenset({"Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"})
_MOST = 200


def templates(document: Node, kind: str) -> dict[str, Node]:
    """Return the templates of a workflow by name, none of any other resource."""
    version, spec = document.get("apiVersion"), document.get("spec", "workflowSpec") or document.get("spec")
    if kind not in _KINDS or version is None or not version.text.startswith(_API) or spec is None:
        return {}
    listed = spec.get("templates")
    named = ((name.text, one) for one in (listed.items if listed else ())[:_MOST] if (name := one.get("name")))
    return {name: one for name, one in named if name}


def facts(document: Node, kind: str, unit: str, found: dict[str, Node]) -> Iterator[Fact]:
    """Yield the templates as units of their own, what starts first, and what each template runs next."""
    entry = document.get("spec", "workflowSpec", "entrypoint") or document.get("spec", "entrypoint")
    alias = workflow_templates.alias(kind, unit)
    for name, template in found.items():
        yield Unit(template.line, within(unit, name), "task", alias=f"{alias}/{name}" if alias else "")
        if entry is None or entry.text == name:
            yield Link(template.line, "unit", within(unit, name), unit)
        for step in _steps(template):
            yield from _next(step, unit, within(unit, name))


def within(unit: str, template: str) -> str:
    """Return the name of a template's unit."""
    return f"{unit}.{template}"


def _steps(template: Node) -> Iterator[Node]:
    """Yield the steps of a template, which may stand side by side in lists, and its tasks."""
    listed = template.get("steps")
    for step in listed.items if listed else ():
        yield from step.items if isinstance(step.value, tuple) else (step,)
    tasks = template.get("dag", "tasks")
    yield from tasks.items if tasks else ()


def _next(step: Node, unit: str, here: str) -> Iterator[Link]:
    own, other, name = step.get("template"), step.get("templateRef"), step.get("name")
    if own is not None and own.text:
        # one template may run for many steps, each of which says what it does
        said = name.text if name is not None and name.text != own.text else ""
        yield Link(own.line, "unit", within(unit, own.text), here, said=said)
    elif other is not None:
        resource, template = other.get("name"), other.get("template")
        if resource is not None and template is not None:
            alias = workflow_templates.alias("WorkflowTemplate", resource.text)
            yield Link(template.line, "name", f"{alias}/{template.text}", here)
