"""ZenML: pipelines that are given a schedule, and those of its first versions, which are given their steps.

Sources of the format: https://docs.zenml.io/concepts/steps_and_pipelines/scheduling and, for the first versions,
https://github.com/zenml-io/zenml/blob/0.13.2/README.md
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


_RUN = ".run"
_SEVERAL = 2


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield the schedules of pipelines, and the pipelines that are put together where they are run."""
    if "zenml" in stated.imports:
        yield from _put_together(stated)
    made = tuple(call for call in stated.calls if call.name in _SCHEDULE)
    for call in stated.calls if made else ():
        if call.arguments.get("schedule") in _SCHEDULE and call.name.endswith(_METHODS):
            pipeline = call.name.rpartition(".")[0]
            unit = f"schedule of {pipeline.rpartition('.')[2]}:{call.line}"
            when = next((text(each.arguments, *_WHEN) for each in made if each.unit == call.unit), "")
            yield Unit(line=call.line, name=unit, kind="deployment")
            yield Trigger(line=call.line, event="schedule", detail=when, unit=unit)
            yield Link(line=call.line, kind="function", target=stated.target(pipeline), unit=unit)


def _put_together(stated: Stated) -> Iterator[Fact]:
    """Yield a pipeline for each call that is given the steps which the code around makes, and whose outcome is run."""
    run = {call.name.removesuffix(_RUN) for call in stated.calls if call.name.endswith(_RUN)}
    made = {(call.unit, call.name) for call in stated.calls} if run else set()
    for call in stated.calls if run else ():
        steps = [value for value in call.arguments.values() if (call.unit, value) in made]
        if call.name in run and len(steps) >= _SEVERAL:
            unit = f"run of {call.name.rpartition('.')[2]}:{call.line}"
            yield Unit(line=call.line, name=unit, kind="pipeline")
            yield Link(line=call.line, kind="unit", target=call.unit, unit=unit)
