"""Sensors of Dagster: each request for a run starts the job that the sensor was handed, or the one that it names.

Source of the format: https://docs.dagster.io/guides/automate/sensors and
https://docs.dagster.io/guides/automate/asset-sensors
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Decorator, Fact

_SENSORS = ("dagster.sensor", "dagster.asset_sensor", "dagster.multi_asset_sensor", "dagster.run_status_sensor")
_REQUEST = "dagster.RunRequest"
_HANDED = ("job", "request_job")


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield what the requests of a file's sensors start."""
    if "dagster" not in stated.imports:
        return
    sensors = {decorator.unit: decorator for decorator in stated.decorators if decorator.name in _SENSORS}
    for call in stated.calls if sensors else ():
        sensor = sensors.get(call.unit)
        if sensor is not None and call.name == _REQUEST:
            named = text(call.arguments, "job_name") or text(sensor.arguments, "job_name")
            handed = "" if named else _handed(sensor)
            if named or handed:
                yield Link(call.line, "name" if named else "object", named or handed, call.unit)


def _handed(sensor: Decorator) -> str:
    return next((sensor.references[key] for key in _HANDED if key in sensor.references), "")
