"""CloudFormation and SAM templates: their resources, with the switches that parameters turn on or off by default.

Sources of the format: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html and
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Resource, Setting
from mlops_scan.facts.node import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.node import Node


_SWITCHES = frozenset({"true", "false"})
_REFERENCE = ".Ref"


def facts(path: str, document: Node) -> Iterator[Resource]:  # noqa: ARG001 - all shapes take both
    """Yield every resource of a template."""
    resources = document.get("Resources")
    switches = _switches(document) if resources else {}
    for name, resource in (resources.mapping if resources else {}).items():
        kind = resource.get("Type")
        if kind is not None and "::" in kind.text:
            properties = resource.get("Properties")
            stated = tuple(settings(properties)) if properties else ()
            filled = tuple(_filled(one, switches) for one in stated) if switches else stated
            yield Resource(kind.line, "cloudformation", kind.text, name, filled)


def _switches(document: Node) -> dict[str, str]:
    """Return the parameters that are true or false where nobody says which."""
    parameters = document.get("Parameters")
    defaults = {name: one.said("Default") for name, one in (parameters.mapping if parameters else {}).items()}
    return {name: default for name, default in defaults.items() if default in _SWITCHES}


def _filled(setting: Setting, switches: dict[str, str]) -> Setting:
    """Return a setting that takes a switch (``!Ref Capture``, ``{"Ref": "Capture"}``) with what that is."""
    value = switches.get(setting.value)
    return setting if value is None else Setting(setting.line, setting.key.removesuffix(_REFERENCE), value)
