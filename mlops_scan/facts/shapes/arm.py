"""Templates of Azure Resource Manager: their resources, with those inside others and of nested deployments.

Source of the format: https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Resource
from mlops_scan.facts.node import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.node import Node

_SCHEMA = "eploymentTemplate.json"  # deploymentTemplate, subscriptionDeploymentTemplate
_NESTED = "Microsoft.Resources/deployments"


def facts(path: str, document: Node) -> Iterator[Resource]:  # noqa: ARG001 - all shapes take both
    """Yield every resource of a template."""
    schema = document.get("$schema")
    if schema is not None and schema.text.rstrip("#").endswith(_SCHEMA):
        yield from _resources(document, "")


def _resources(around: Node, outer: str) -> Iterator[Resource]:
    """Yield the resources of a template or resource; a type inside another leaves out what that one's says."""
    stated = around.get("resources")
    for resource in (*stated.items, *stated.mapping.values()) if stated else ():
        kind, name = resource.get("type"), resource.get("name")
        if kind is None:
            continue
        whole = kind.text if not outer or "." in kind.text.partition("/")[0] else f"{outer}/{kind.text}"
        properties = resource.get("properties")
        template = resource.get("properties", "template")
        if whole != _NESTED:
            stated_there = tuple(settings(properties)) if properties else ()
            yield Resource(kind.line, "arm", whole, name.text if name else "", stated_there)
        elif template is not None:
            yield from _resources(template, "")
        else:
            yield Resource(kind.line, "arm", whole, name.text if name else "")
        yield from _resources(resource, whole)
