"""CloudFormation and SAM templates: their resources.

Source of the format: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Resource
from mlops_scan.facts.node import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.node import Node


def facts(path: str, document: Node) -> Iterator[Resource]:  # noqa: ARG001 - all shapes take both
    """Yield every resource of a template."""
    resources = document.get("Resources")
    for name, resource in (resources.mapping if resources else {}).items():
        kind = resource.get("Type")
        if kind is not None and "::" in kind.text:
            properties = resource.get("Properties")
            stated = tuple(settings(properties)) if properties else ()
            yield Resource(kind.line, "cloudformation", kind.text, name, stated)
