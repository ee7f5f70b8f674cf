"""ZenML: pipelines that are given a schedule.

Source of the format: https://docs.zenml.io/concepts/steps_and_pipelines/scheduling
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Fact

_SCHEDULE = ("zenml.config.schedule.Schedule", "zenml.config.Schedule", "zenml.pipelines.Schedule")
_METHODS = (".with_options", ".run", ".configure")
_WHEN = ("cron_expression", "interval_second", "run_once_start_time")


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield the schedules of pipelines."""
    made = tuple(call for call in stated.calls if call.name in _SCHEDULE)
    for call in stated.calls if made else ():
        if call.arguments.get("schedule") in _SCHEDULE and call.name.endswith(_METHODS):
            pipeline = call.name.rpartition(".")[0]
            unit = f"schedule of {pipeline.rpartition('.')[2]}:{call.line}"
            when = next((text(each.arguments, *_WHEN) for each in made if each.unit == call.unit), "")
            yield Unit(line=call.line, name=unit, kind="deployment")
            yield Trigger(line=call.line, event="schedule", detail=when, unit=unit)
            yield Link(line=call.line, kind="function", target=stated.target(pipeline), unit=unit)
