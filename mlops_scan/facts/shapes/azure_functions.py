"""Azure Functions of the first programming model: ``function.json`` beside the code, with the triggers that start it.

Source of the format: https://learn.microsoft.com/azure/azure-functions/functions-reference-python?pivots=python-mode-configuration
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_FILE = "function.json"
_SCRIPT, _FUNCTION = "__init__.py", "main"  # what is run where nothing else is said
_TIMER = "timerTrigger"
_EVENTS = frozenset(
    {"blobTrigger", "cosmosDBTrigger", "eventGridTrigger", "eventHubTrigger", "queueTrigger", "serviceBusTrigger"}
)


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield a function, and what starts it besides a request."""
    bindings = document.get("bindings")
    if posixpath.basename(path) != _FILE or bindings is None or document.said("disabled") == "true":
        return
    unit = posixpath.basename(posixpath.dirname(path)) or _FUNCTION
    yield Unit(bindings.line, unit, "resource")
    script = posixpath.join(posixpath.dirname(path), document.said("scriptFile") or _SCRIPT)
    function = document.said("entryPoint") or _FUNCTION
    yield Link(bindings.line, "function", f"{posixpath.normpath(script)}:{function}", unit)
    for binding in bindings.items:
        kind = binding.said("type")
        if kind == _TIMER:
            yield Trigger(binding.line, "schedule", binding.said("schedule"), unit)
        elif kind in _EVENTS:
            yield Trigger(binding.line, "event", "data", unit)
