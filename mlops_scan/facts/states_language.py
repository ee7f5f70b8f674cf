"""Amazon States Language: the tasks of AWS Step Functions.

Source of the format: https://states-language.net/spec.html and
https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts.kinds import Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.node import Node

_SERVICE = "arn:aws:states:::"
MAX_STATES = 500


def used(text: str, line: int, unit: str) -> Iterator[Uses]:
    """Yield the services that a state machine asks, from its text in JSON or from the name of one service."""
    if text.startswith(_SERVICE):
        yield Uses(line, text, unit=unit)
    elif _SERVICE in text:
        from mlops_scan.facts.json_documents import node

        try:
            document = node(msgspec.json.decode(text.encode()), line)
        except (msgspec.DecodeError, ValueError, RecursionError):
            return
        yield from tasks(document, unit)


def tasks(document: Node, unit: str) -> Iterator[Uses]:
    """Yield the services that the states of a document ask, those inside parallel and mapped states too."""
    waiting, left = [document], MAX_STATES
    while waiting and left:
        node = waiting.pop(0)
        left -= 1
        resource = node.get("Resource")
        if resource is not None and resource.text.startswith(_SERVICE):
            yield Uses(resource.line, resource.text, unit=unit)
        states, inner = node.get("States"), node.get("ItemProcessor") or node.get("Iterator")
        branches = node.get("Branches")
        waiting.extend(states.mapping.values() if states else ())
        waiting.extend(branches.items if branches else ())
        waiting.extend((inner,) if inner else ())
