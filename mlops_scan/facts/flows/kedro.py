"""Kedro: functions that make a pipeline of nodes, and sessions that run them.

Source of the format: https://docs.kedro.org/en/stable/build/pipeline_introduction/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Fact

_NODES = (".node", ".Node")
# the alias of every pipeline of a project: `kedro run` runs them together
PIPELINE = "kedro pipeline"


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield the pipelines of a file with their nodes, and the sessions that run all pipelines."""
    for call in stated.calls:
        if not call.name.startswith("kedro."):
            continue
        if call.name.startswith("kedro.pipeline") and call.name.endswith(_NODES):
            function = call.references.get("func", call.references.get("0"))
            if function and call.unit:
                node = f"{call.unit}.{text(call.arguments, 'name') or function.rpartition('.')[2]}"
                yield Unit(line=call.line, name=call.unit, kind="pipeline", alias=PIPELINE)
                yield Unit(line=call.line, name=node, kind="stage")
                yield Link(line=call.line, kind="unit", target=node, unit=call.unit)
                yield Link(line=call.line, kind="function", target=stated.target(function), unit=node)
        elif call.name.endswith(("KedroSession.create.run", "KedroSession.run")):
            yield Link(line=call.line, kind="name", target=PIPELINE, unit=call.unit)
