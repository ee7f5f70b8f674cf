"""KFP and Vertex AI: pipelines that are compiled into a file and run or scheduled from it, and component objects.

Sources of the formats: https://www.kubeflow.org/docs/components/pipelines/user-guides/core-functions/compile-a-pipeline/,
https://kubeflow-pipelines.readthedocs.io/en/stable/source/client.html (``create_recurring_run``) and
https://cloud.google.com/vertex-ai/docs/pipelines/schedule-pipeline-run
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link, Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Call, Fact

_TOOLS = ("kfp.", "google.cloud.aiplatform.")
_COMPILE = ".compile"
_LOADED = ".load_component_from_file"
_COMPONENTS = (".create_component_from_func", ".func_to_container_op", _LOADED)
# components made ready elsewhere, by their place in a store of them
_READY, _FILE = (".load_component", ".load_component_from_url"), "/component.yaml"
_RECURRING = (".create_recurring_run", ".create_schedule", ".PipelineJobSchedule.create")
_RUN = (".PipelineJob", ".create_run_from_pipeline_package", ".run_pipeline")
_PACKAGES = ("template_path", "pipeline_package_path", "pipeline_file")
_FORMATS = (".yaml", ".yml", ".json", ".zip", ".tar.gz", ".tgz")
_WHEN = ("cron_expression", "cron", "interval_second")


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield what is compiled, who runs or schedules it, and which functions run components that objects hold."""
    calls = tuple(call for call in stated.calls if call.name.startswith(_TOOLS))
    components = {call.owners[-1] for call in calls if call.name.endswith(_COMPONENTS) and call.owners}
    for call in calls:
        if call.name.endswith(_COMPILE):
            yield from _compiled(call, stated)
        elif call.name.endswith(_RECURRING):
            yield from _recurring(call, calls, stated)
        elif call.name.endswith(_RUN):
            for unit in (call.unit, *call.owners[-1:]):
                yield from _package(call, unit, calls)
        elif call.name.endswith(_LOADED):
            yield from _named(_file(call, "0", "filename"), call, next(iter(call.owners[-1:]), call.unit))
        elif call.name.endswith(_READY) and call.owners and call.owners[-1] != call.asked:
            place = text(call.arguments, "0", "url", "name").removesuffix(_FILE)
            yield Uses(line=call.line, name=f"kfp:{place}", unit=call.owners[-1])
        for owner in components.intersection(call.owners[:1]):
            yield Link(line=call.line, kind="unit", target=owner, unit=call.unit)


def _compiled(call: Call, stated: Stated) -> Iterator[Fact]:
    """Yield a compiled pipeline, which others know by the file that it is written to."""
    function = call.references.get("pipeline_func", call.references.get("0"))
    if function:
        file = _file(call, "package_path", "1")
        yield Unit(line=call.line, name=_written(call), kind="pipeline", alias=file)
        yield Link(line=call.line, kind="function", target=stated.target(function), unit=_written(call))


def _written(call: Call) -> str:
    """Return the unit of a compiled pipeline: by its file, or by its line where that cannot be known."""
    return f"compiled {_file(call, 'package_path', '1') or call.line}"


def _recurring(call: Call, calls: tuple[Call, ...], stated: Stated) -> Iterator[Fact]:
    """Yield a recurring run with its schedule and pipeline: its package, the job that is asked for it, or inside it."""
    key = next((key for key in _WHEN if call.arguments.get(key, "None") != "None"), "")
    if not key or call.arguments.get("enabled") == "False":
        return
    unit = f"recurring run:{call.line}"
    yield Unit(line=call.line, name=unit, kind="deployment")
    yield Trigger(line=call.line, event="schedule", detail=call.arguments[key], unit=unit)
    linked = list(_package(call, unit, calls))
    for inside in (other for other in calls if other.line == call.line and other is not call):
        linked.extend(_package(inside, unit, ()))
    if call.name.endswith(_RECURRING[1:]):
        handed = (stated.own(other.references.get("pipeline_job", "")) for other in calls if other.line == call.line)
        jobs = dict.fromkeys((*call.owners, *handed))
        linked.extend(Link(line=call.line, kind="unit", target=job, unit=unit) for job in jobs if job)
    yield from linked or [Link(line=call.line, kind="unit", target=call.unit, unit=unit)]


def _package(call: Call, unit: str, calls: tuple[Call, ...]) -> Iterator[Link]:
    """Yield what a run takes: the file that it names, else whatever is compiled around it."""
    first = ("0",) if call.name.endswith(".create_run_from_pipeline_package") else ()
    file = _file(call, *_PACKAGES, *first)
    yield from _named(file, call, unit)
    for other in calls if not file else ():
        if other.name.endswith(_COMPILE):
            yield Link(line=call.line, kind="unit", target=_written(other), unit=unit)


def _file(call: Call, *keys: str) -> str:
    """Return the name of the file that an argument holds, empty where that cannot be known."""
    file = posixpath.basename(text(call.arguments, *keys))
    return file if file.endswith(_FORMATS) else ""


def _named(file: str, call: Call, unit: str) -> Iterator[Link]:
    if file:
        yield Link(line=call.line, kind="name", target=file, unit=unit)
