"""ClearML: pipelines that are put together step by step, of functions or of tasks that other programs name.

Source of the format: https://clear.ml/docs/latest/docs/pipelines/pipelines_sdk_tasks
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Fact

_CONTROLLER = ".PipelineController"
_TASK = ("clearml.Task.init", "trains.Task.init")
# no other orchestrator's flow has a name with this before it
_ALIAS = "clearml task "


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield the pipelines of a file, the tasks that their steps are copies of, and the task that a program is."""
    for call in stated.calls:
        if call.name.startswith("clearml.") and call.name.endswith(_CONTROLLER) and call.owners:
            yield Unit(line=call.line, name=call.owners[-1], kind="pipeline")
        elif call.name.startswith("clearml.") and call.name.endswith(f"{_CONTROLLER}.add_step"):
            task = text(call.arguments, "base_task_name")
            if task:
                for unit in dict.fromkeys((call.unit, *call.owners[-1:])):
                    yield Link(line=call.line, kind="name", target=f"{_ALIAS}{task}", unit=unit)
        elif call.name in _TASK and not call.unit and text(call.arguments, "task_name", "1"):
            task = text(call.arguments, "task_name", "1")
            yield Unit(line=call.line, name="", kind="stage", alias=f"{_ALIAS}{task}")
