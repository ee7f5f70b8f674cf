"""GoCD pipelines that are kept in a repository: stages of jobs with tasks.

Source of the format: https://github.com/tomzo/gocd-yaml-config-plugin
"""

from __future__ import annotations

import posixpath
import shlex
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_ENDINGS = (".gocd.yaml", ".gocd.yml")
_MANUAL = "manual"
_MOST = 20


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the jobs of every pipeline, and what starts them: a change of the code, or a timer."""
    pipelines = document.get("pipelines")
    if not posixpath.basename(path).endswith(_ENDINGS) or pipelines is None:
        return
    for name, pipeline in pipelines.mapping.items():
        yield from _pipeline(name, pipeline)


def _pipeline(name: str, pipeline: Node) -> Iterator[Fact]:
    stages = pipeline.get("stages")
    off = ""
    before: tuple[str, ...] = ()
    for stage in stages.items if stages else ():
        for label, body in stage.mapping.items():
            off = off or _approval(body)
            jobs = body.get("jobs")
            # a stage of one job may say itself what that does
            told = jobs.mapping if jobs else {label: body} if body.get("tasks") else {}
            units = {f"{name}: {label}: {job}": part for job, part in told.items()}
            for unit, job in units.items():
                yield Unit(job.line, unit, "job", off=off)
                yield from (Trigger(line, event, detail, unit) for event, line, detail in _starts(pipeline))
                yield from (Link(job.line, "after", earlier, unit) for earlier in before[:_MOST])
                yield from _tasks(job, unit)
            before = tuple(units) or before


def _approval(stage: Node) -> str:
    """Return why a stage and what follows it wait for a person, empty where they do not."""
    approval = stage.get("approval")
    kind = (approval.get("type") or approval) if approval is not None else None
    return "approval: manual" if kind is not None and kind.text == _MANUAL else ""


def _starts(pipeline: Node) -> Iterator[tuple[str, int, str]]:
    materials, timer = pipeline.get("materials"), pipeline.get("timer")
    code = materials is not None and any(map(_is_code, materials.mapping.values()))
    if materials is not None and code:
        yield "push", materials.line, ""
    spec = timer.get("spec") if timer is not None else None
    if spec is not None:
        yield "schedule", spec.line, spec.text


def _is_code(material: Node) -> bool:
    """Tell whether a material is code, not what another pipeline made or a store of packages holds."""
    return material.get("pipeline") is None and material.get("package") is None


def _tasks(job: Node, unit: str) -> Iterator[Fact]:
    tasks = job.get("tasks")
    for task in tasks.items if tasks else ():
        script, run = task.get("script"), task.get("exec")
        if script is not None:
            yield from shell.facts(script.text, script.line + ("\n" in script.text), unit)
        command = run.get("command") if run is not None else None
        if run is not None and command is not None:
            given = run.get("arguments")
            words = [shlex.quote(part.text) for part in given.items] if given else []
            where = run.said("working_directory")
            yield from shell.facts(" ".join((command.text, *words)), command.line, unit, directory=where)
