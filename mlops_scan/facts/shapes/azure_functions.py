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
    if posixpath.basename(path) != _FILE or bindings is None or _text(document, "disabled") == "true":
        return
    unit = posixpath.basename(posixpath.dirname(path)) or _FUNCTION
    yield Unit(bindings.line, unit, "resource")
    script = posixpath.join(posixpath.dirname(path), _text(document, "scriptFile") or _SCRIPT)
    function = _text(document, "entryPoint") or _FUNCTION
    yield Link(bindings.line, "function", f"{posixpath.normpath(script)}:{function}", unit)
    for binding in bindings.items:
        kind = _text(binding, "type")
        if kind == _TIMER:
            yield Trigger(binding.line, "schedule", _text(binding, "schedule"), unit)
        elif kind in _EVENTS:
            yield Trigger(binding.line, "event", "data", unit)


def _text(node: Node, key: str) -> str:
    found = node.get(key)
    return found.text if found is not None else ""
