"""CircleCI and Travis: jobs with their commands.

Sources of the formats: https://circleci.com/docs/configuration-reference/ and
https://docs.travis-ci.com/user/customizing-the-build/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Image, Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_TRAVIS_PHASES = ("install", "before_script", "script", "after_success", "deploy")


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the jobs of a configuration."""
    if path == ".circleci/config.yml":
        yield from _circle(document)
    elif path == ".travis.yml":
        yield from _travis(document)


def _circle(document: Node) -> Iterator[Fact]:
    jobs = document.get("jobs")
    used = _scheduled(document)
    for name, job in (jobs.mapping if jobs else {}).items():
        events = used.get(name, () if used else (("push", job.line, ""),))
        yield Unit(line=job.line, name=name, kind="job", off="" if events else "in no workflow")
        for event, line, detail in events:
            yield Trigger(line=line, event=event, detail=detail, unit=name)
        docker = job.get("docker")
        for image in docker.items if docker else ():
            found = image.get("image")
            if found is not None:
                yield Image(line=found.line, name=found.text, unit=name)
        steps = job.get("steps")
        for step in steps.items if steps else ():
            yield from _step(step, name)


def _step(step: Node, unit: str) -> Iterator[Fact]:
    run = step.get("run", "command") or step.get("run")
    if run is not None and run.text:
        yield from shell.facts(run.text, run.line + ("\n" in run.text), unit)
    for name, given in step.mapping.items():
        if name != "run":
            arguments = {key: value.text for key, value in given.mapping.items()}
            yield Uses(line=given.line, name=name, arguments=arguments, unit=unit)


def _scheduled(document: Node) -> dict[str, tuple[tuple[str, int, str], ...]]:
    """Return, for each job that a workflow runs, its triggers as (event, line, detail)."""
    found: dict[str, tuple[tuple[str, int, str], ...]] = {}
    workflows = document.get("workflows")
    for workflow in (workflows.mapping if workflows else {}).values():
        listed = workflow.get("jobs")
        triggers = workflow.get("triggers")
        crons = [cron for t in (triggers.items if triggers else ()) if (cron := t.get("schedule", "cron"))]
        for item in listed.items if listed else ():
            for name in (item.text,) if item.text else item.mapping:
                events = tuple(("schedule", cron.line, cron.text) for cron in crons) or (("push", item.line, ""),)
                found[name] = (*found.get(name, ()), *events)
    return found


def _travis(document: Node) -> Iterator[Fact]:
    script = document.get("script")
    if script is None:
        return
    yield Unit(line=script.line, name="build", kind="job")
    yield Trigger(line=document.line, event="push")
    for phase in _TRAVIS_PHASES:
        part = document.get(phase)
        for item in part.items if part else ():
            yield from shell.facts(item.text, item.line, "build")
    provider = document.get("deploy", "provider")
    if provider is not None:
        yield Uses(line=provider.line, name=f"travis-deploy:{provider.text}", unit="build")
