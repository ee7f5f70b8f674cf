"""KFP and Vertex AI: pipelines that are compiled into a file and run or scheduled from it, and component objects.

Sources of the formats: https://www.kubeflow.org/docs/components/pipelines/user-guides/core-functions/compile-a-pipeline/,
https://kubeflow-pipelines.readthedocs.io/en/stable/source/client.html (``create_recurring_run``) and
https://cloud.google.com/vertex-ai/docs/pipelines/schedule-pipeline-run
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Call, Fact

_TOOLS = ("kfp.", "google.cloud.aiplatform.")
_LOADED = ".load_component_from_file"
_COMPONENTS = (".create_component_from_func", ".func_to_container_op", _LOADED)
_RECURRING = (".create_recurring_run", ".create_schedule", ".PipelineJobSchedule.create")
_RUN = (".PipelineJob", ".create_run_from_pipeline_package", ".run_pipeline")
_PACKAGES = ("template_path", "pipeline_package_path", "pipeline_file")
_WHEN = ("cron_expression", "cron", "interval_second")


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield what is compiled, who runs or schedules it, and which functions run components that objects hold."""
    calls = tuple(call for call in stated.calls if call.name.startswith(_TOOLS))
    components = {call.owners[-1] for call in calls if call.name.endswith(_COMPONENTS) and call.owners}
    for call in calls:
        if call.name.endswith(".compile"):
            yield from _compiled(call, stated)
        elif call.name.endswith(_RECURRING):
            yield from _recurring(call, calls, stated)
        elif call.name.endswith(_RUN):
            for unit in (call.unit, *call.owners[-1:]):
                yield from _package(call, unit)
        elif call.name.endswith(_LOADED):
            yield from _named(text(call.arguments, "0", "filename"), call, next(iter(call.owners[-1:]), call.unit))
        for owner in components.intersection(call.owners[:1]):
            yield Link(line=call.line, kind="unit", target=owner, unit=call.unit)


def _compiled(call: Call, stated: Stated) -> Iterator[Fact]:
    """Yield a compiled pipeline, which others know by the file that it is written to."""
    function = call.references.get("pipeline_func", call.references.get("0"))
    file = posixpath.basename(text(call.arguments, "package_path", "1"))
    if function and file:
        yield Unit(line=call.line, name=f"compiled {file}", kind="pipeline", alias=file)
        yield Link(line=call.line, kind="function", target=stated.target(function), unit=f"compiled {file}")


def _recurring(call: Call, calls: tuple[Call, ...], stated: Stated) -> Iterator[Fact]:
    """Yield a recurring run with its schedule and pipeline: its package, the job that is asked for it, or inside it."""
    key = next((key for key in _WHEN if call.arguments.get(key, "None") != "None"), "")
    if not key or call.arguments.get("enabled") == "False":
        return
    unit = f"recurring run:{call.line}"
    yield Unit(line=call.line, name=unit, kind="deployment")
    yield Trigger(line=call.line, event="schedule", detail=call.arguments[key], unit=unit)
    linked = list(_package(call, unit))
    for inside in (other for other in calls if other.line == call.line and other is not call):
        linked.extend(_package(inside, unit))
    if call.name.endswith(_RECURRING[1:]):
        handed = (stated.own(other.references.get("pipeline_job", "")) for other in calls if other.line == call.line)
        jobs = dict.fromkeys((*call.owners, *handed))
        linked.extend(Link(line=call.line, kind="unit", target=job, unit=unit) for job in jobs if job)
    yield from linked or [Link(line=call.line, kind="unit", target=call.unit, unit=unit)]


def _package(call: Call, unit: str) -> Iterator[Link]:
    first = ("0",) if call.name.endswith(".create_run_from_pipeline_package") else ()
    yield from _named(text(call.arguments, *_PACKAGES, *first), call, unit)


def _named(file: str, call: Call, unit: str) -> Iterator[Link]:
    if file:
        yield Link(line=call.line, kind="name", target=posixpath.basename(file), unit=unit)
