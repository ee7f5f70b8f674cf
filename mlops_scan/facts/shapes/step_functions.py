"""AWS Step Functions: a state machine in a file of its own.

Source of the format: https://states-language.net/spec.html
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import states_language
from mlops_scan.facts.kinds import Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the state machine, which whoever names the file runs, and the services that it asks."""
    states = document.get("States")
    if document.get("StartAt") is not None and states is not None and states.mapping:
        name = posixpath.basename(path)
        yield Unit(document.line, name, "pipeline")
        yield Link(document.line, "unit", name)
        yield from states_language.tasks(document, name)
