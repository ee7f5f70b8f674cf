"""Databricks jobs: those of bundles, those that dbx deploys, and those handed to the REST interface.

Sources of the formats: https://docs.databricks.com/aws/en/dev-tools/bundles/resources#job,
https://docs.databricks.com/aws/en/dev-tools/bundles/variables,
https://dbx.readthedocs.io/en/latest/reference/deployment/ and https://docs.databricks.com/api/workspace/jobs/create
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts.kinds import Link, Trigger, Unit, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

ALIAS = "databricks/"
# what a document of the REST interface has: a task, or several, and where they run
_NOTEBOOK = "notebook_task"  # a notebook of a whole path is one of the workspace, wherever people put it there
_TASKS = (_NOTEBOOK, "spark_python_task", "python_wheel_task")
SINGLE = (*_TASKS, "tasks")
TASK_KEY = "task_key"  # by which the tasks of a job know each other
_CLUSTERS = ("new_cluster", "existing_cluster_id", "job_clusters")
# what people put there themselves: a path of the workspace, and none of a repository
WORKSPACE = ("/Workspace/", "/Repos/", "/Shared/", "/Users/")
PAUSING = frozenset({"PAUSED", "paused"})
# how a bundle's variables are called where one is asked for: ``${var.name}``
OF_BUNDLE = "var."
_FROM_ROOT = ("file:fuse://", "file://")


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the jobs of a document with their tasks, schedules and other triggers, and the variables of bundles."""
    yield from _variables(document)
    jobs = document.get("resources", "jobs")
    for name, job in (jobs.mapping if jobs else {}).items():
        yield from described(path, name, job, job.line)
    if is_job(document):
        yield from described(path, "job", document, document.line)
    environments = document.get("environments") or (document if _is_old(path) else None)
    for environment in environments.mapping.values() if environments else ():
        for key in ("workflows", "jobs"):
            listed = environment.get(key)
            for job in listed.items if listed else ():
                named = job.get("name")
                if named is not None and named.text:
                    yield from described(path, named.text, job, named.line)


def _is_old(path: str) -> bool:
    """Tell whether dbx took the keys of such a file for its environments, before it had a key for these."""
    return posixpath.basename(path).startswith("deployment.")


def is_job(document: Node) -> bool:
    """Tell whether a document is a job: it says where it runs, or each of its tasks has a key."""
    if any(document.get(key) for key in SINGLE) and any(document.get(key) for key in _CLUSTERS):
        return True
    return has_keys(document)


def has_keys(document: Node) -> bool:
    """Tell whether a document has tasks, each with a key and what it runs."""
    tasks = document.get("tasks")
    listed = tasks.items if tasks else ()
    return bool(listed) and all(task.get(TASK_KEY) and any(task.get(key) for key in _TASKS) for task in listed)


def described(path: str, name: str, job: Node, line: int) -> Iterator[Fact]:
    """Yield a job, under a name that its file has once, with its tasks, schedule and other triggers."""
    yield Unit(line=line, name=name, kind="pipeline", alias=f"{ALIAS}{name}")
    tasks = job.get("tasks")
    for task in tasks.items if tasks else (job,):
        yield from _task(path, task, name)
    schedule, arrival = job.get("schedule"), job.get("trigger")
    cron = schedule.get("quartz_cron_expression") if schedule is not None else None
    if schedule is not None and cron is not None:
        yield from _started(schedule, Trigger(line=cron.line, event="schedule", detail=cron.text, unit=name))
    if arrival is not None:
        yield from _started(arrival, _trigger(arrival, name))


def _started(stated: Node, trigger: Trigger) -> Iterator[Trigger]:
    """Yield the trigger that a schedule or an arrival is, unless it is paused: by a word, or by a variable's."""
    paused = stated.said("pause_status")
    if paused not in PAUSING:
        variable = paused.removeprefix("${").rstrip("}")
        yield msgspec.structs.replace(trigger, pausing=variable if variable.startswith(OF_BUNDLE) else "")


def _variables(document: Node) -> Iterator[Variable]:
    """Yield the variables of a bundle as it says what they are, and what its targets give them."""
    targets = document.get("targets")
    for stated in (document, *(targets.mapping.values() if targets is not None else ())):
        variables = stated.get("variables")
        for name, value in variables.mapping.items() if variables is not None else ():
            held = value.get("default") if value.mapping or stated is document else value
            if held is not None and held.text:
                yield Variable(line=held.line, name=f"{OF_BUNDLE}{name}", value=held.text)


def _trigger(arrival: Node, unit: str) -> Trigger:
    """Return what starts a job but its schedule: a span of time that goes by, or data that arrive."""
    periodic = arrival.get("periodic")
    if periodic is None:
        return Trigger(line=arrival.line, event="event", detail="data", unit=unit)
    every = f"every {periodic.said('interval')} {periodic.said('unit').lower()}"
    return Trigger(line=periodic.line, event="schedule", detail=every, unit=unit)


def _task(path: str, task: Node, unit: str) -> Iterator[Link]:
    for way in ((_NOTEBOOK, "notebook_path"), ("spark_python_task", "python_file")):
        found = task.get(*way)
        if found is not None and found.text.startswith("/" if way[0] == _NOTEBOOK else WORKSPACE):
            yield Link(line=found.line, kind="workspace", target=found.text, unit=unit)
        elif found is not None:
            yield Link(line=found.line, kind="file", target=_file(path, found.text), unit=unit)
    entry = task.get("python_wheel_task", "entry_point")
    if entry is not None:
        yield Link(line=entry.line, kind="script", target=entry.text, unit=unit)


def _file(path: str, written: str) -> str:
    """Return a file from the repository's root: seen from the document, or from the root where dbx says so."""
    for prefix in _FROM_ROOT:
        if written.startswith(prefix):
            return posixpath.normpath(written.removeprefix(prefix))
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
    return target if target.endswith((".py", ".ipynb")) else f"{target}.py"
