"""Jobs and deployments that orchestrators read from files: Prefect, AzureML, Anyscale, Bodywork."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the units of a document that one of the orchestrators reads."""
    yield from _prefect(document)
    yield from _azure_ml(path, document)
    yield from _job(path, document)
    yield from _bodywork(path, document)


def _prefect(document: Node) -> Iterator[Fact]:
    """Prefect: ``prefect.yaml`` lists deployments; older ``*-deployment.yaml`` files are one each."""
    listed = document.get("deployments")
    for deployment in listed.items if listed else (document,):
        entry = deployment.get("entrypoint")
        if entry is None or ":" not in entry.text or ".py" not in entry.text:
            continue
        name = deployment.get("name")
        unit = name.text if name and name.text else entry.text
        yield Unit(line=entry.line, name=unit, kind="deployment", alias=name.text if name else "")
        moved = deployment.get("path")
        # seen from where the deployment was built, which a file that was written elsewhere does not say
        at = _inside(moved.text if moved else "", entry.text) or posixpath.normpath(entry.text)
        yield Link(line=entry.line, kind="function", target=at, unit=unit)
        yield from _schedules(deployment, unit)


def _inside(folder: str, entry: str) -> str:
    """Return an entry point below a folder given from the repository root; absolute folders say nothing."""
    return posixpath.join(folder, entry) if folder and not folder.startswith(("/", ".")) else ""


def _schedules(deployment: Node, unit: str) -> Iterator[Trigger]:
    single, several = deployment.get("schedule"), deployment.get("schedules")
    for schedule in (*((single,) if single else ()), *(several.items if several else ())):
        active = schedule.get("active") or deployment.get("is_schedule_active")
        paused = deployment.get("paused")
        if (active is not None and active.text == "false") or (paused is not None and paused.text == "true"):
            continue
        for key in ("cron", "interval", "rrule"):
            when = schedule.get(key)
            if when is not None and when.text:
                yield Trigger(line=when.line, event="schedule", detail=when.text, unit=unit)


def _azure_ml(path: str, document: Node) -> Iterator[Fact]:
    """AzureML: command, sweep and pipeline jobs, and schedules, told by their ``$schema``."""
    schema = document.get("$schema")
    if schema is None or "azureml" not in schema.text:
        return
    jobs = document.get("jobs") or document.get("create_job", "jobs")
    for name, job in {"": document, **(jobs.mapping if jobs else {})}.items():
        yield Unit(line=job.line, name=name, kind="job")
        for part in filter(None, (job, job.get("trial"))):
            yield from _azure_ml_command(path, part, name)
        for key in ("component", "trial", "create_job"):
            file = job.get(key)
            if file is not None and file.text.endswith((".yml", ".yaml")):
                written = posixpath.join(posixpath.dirname(path), file.text.removeprefix("file:"))
                yield Link(line=file.line, kind="file", target=posixpath.normpath(written), unit=name)
        if name:
            yield Link(line=job.line, kind="unit", target=name)
    for key in ("expression", "schedule", "frequency"):
        when = document.get("trigger", key)
        if when is not None:
            yield Trigger(line=when.line, event="schedule", detail=when.text)


def _azure_ml_command(path: str, job: Node, unit: str) -> Iterator[Fact]:
    """Yield what a command runs, in the folder that is sent along."""
    command, code = job.get("command"), job.get("code")
    where = posixpath.normpath(posixpath.join(posixpath.dirname(path), code.text if code else ""))
    if command is not None:
        yield from shell.facts(command.text, command.line, unit, directory="" if where == "." else where)


def _job(path: str, document: Node) -> Iterator[Fact]:
    """Anyscale, SkyPilot and Ray jobs: one command to run on a cluster."""
    entry = document.get("entrypoint") or document.get("run")
    cluster = any(document.get(key) for key in ("compute_config", "resources", "cluster_env", "image_uri"))
    if entry is None or not entry.text or not cluster or document.get("jobs") or ".py:" in entry.text:
        return
    moved = document.get("working_dir") or document.get("runtime_env", "working_dir")
    where = posixpath.normpath(moved.text) if moved is not None and "$" not in moved.text else ""
    name = posixpath.basename(path)
    yield Unit(line=entry.line, name=name, kind="job")
    yield from shell.facts(entry.text, entry.line, name, directory="" if where == "." else where)


def _bodywork(path: str, document: Node) -> Iterator[Fact]:
    """Bodywork: stages with one Python module each, run in the order of its DAG."""
    stages = document.get("stages")
    for name, stage in (stages.mapping if stages else {}).items():
        module = stage.get("executable_module_path")
        if module is not None and stages is not None:
            yield Unit(line=stages.line, name="", kind="pipeline")
            yield Unit(line=stage.line, name=name, kind="stage")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), module.text))
            yield Link(line=module.line, kind="file", target=target, unit=name)
            yield Link(line=stage.line, kind="unit", target=name)
