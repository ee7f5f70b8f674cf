"""Mage: blocks, which are files whose decorated function runs, and pipelines that are started by name.

Sources of the format: https://docs.mage.ai/design/blocks and
https://docs.mage.ai/orchestration/triggers/trigger-pipeline
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated

_BLOCKS = (".data_loader", ".transformer", ".custom", ".data_exporter", ".sensor", ".callback", ".condition")


def facts(stated: Stated) -> Iterator[Link]:
    """Yield what a block runs, and the pipelines that calls start."""
    for decorator in stated.decorators:
        if decorator.name.startswith("mage_ai.") and decorator.name.endswith(_BLOCKS):
            yield Link(line=decorator.line, kind="unit", target=decorator.unit)
    for call in stated.calls:
        if call.name.startswith("mage_ai.") and call.name.endswith(".trigger_pipeline"):
            name = text(call.arguments, "0", "pipeline_uuid")
            if name:
                yield Link(line=call.line, kind="name", target=name, unit=call.unit)
