"""GitLab CI: jobs, their scripts and rules; included files and child pipelines.

Source of the format: https://docs.gitlab.com/ci/yaml/
"""

from __future__ import annotations

import itertools
import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import gitlab_templates, shell
from mlops_scan.facts.gitlab_rules import USUAL, Pipelines, pipelines, started
from mlops_scan.facts.kinds import Image, Link, Trigger, Unit
from mlops_scan.facts.node import Node
from mlops_scan.facts.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

ROOT = ".gitlab-ci.yml"
MAX_DEPTH = 10
# jobs of a stage that those of the next wait for; people write tens
_MOST = 20
# lines of a script after which no further reference is followed, as these may double with every step
_MOST_LINES = 2000
_RESERVED = frozenset(
    {"default", "variables", "workflow", "include", "stages", "image", "services", "cache", "spec"}
    | {"before_script", "after_script"}
)
_TELLING = frozenset({"stage", "rules", "extends", "only", "except", "needs"})
_STAGES = (".pre", "build", "test", "deploy", ".post")
_INCLUDE = "include"


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the jobs of a pipeline; the file at the root starts it, and others are included there."""
    known: dict[str, Node] = {}
    jobs = {
        name: _extended(job, document, known)
        for name, job in document.mapping.items()
        if name not in _RESERVED and not name.startswith(".") and job.mapping
    }
    if not path.endswith(".gitlab-ci.yml") and not _is_included(path, {**jobs, **_hidden(document)}):
        return
    usual = USUAL if path == ROOT else (*USUAL, "upstream")
    within = pipelines(document, usual)
    yield from _includes(path, document, within)
    variables = _variables(document, {})
    blocking: dict[str, str] = {}
    yield from _templates(document, within, usual, variables)
    for name, job in jobs.items():
        found = started(job, within, usual)
        yield Unit(line=job.line, name=name, kind="job", off=found.off, only=tuple(sorted(found.events)))
        asked = list(gitlab_templates.asked(name, job, document, within))
        yield from asked
        events = within.possible if any(link.event for link in asked) else found.events
        for event, line in events.items() if path == ROOT else ():
            yield Trigger(line=line or job.line, event=event, unit=name)
        if found.off and _blocks(job):
            blocking[name] = found.off
        yield from _job(name, job, document, variables)
    yield from _waiting(jobs, blocking, document)


def _hidden(document: Node) -> dict[str, Node]:
    """Return the jobs that only others are made of, where no job of this file is."""
    used = gitlab_templates.used(document)
    hidden = {name: job for name, job in document.mapping.items() if name.startswith(".") and job.get("script")}
    known: dict[str, Node] = {}
    return {name: _extended(job, document, known) for name, job in hidden.items() if name not in used}


def _templates(document: Node, within: Pipelines, usual: tuple[str, ...], variables: dict[str, str]) -> Iterator[Fact]:
    for name, job in _hidden(document).items():
        told = gitlab_templates.says_when(job)
        found = started(job, within, usual)
        only = tuple(sorted(found.events)) if told else ()
        yield Unit(line=job.line, name=name, kind="template", off=found.off if told else "", only=only)
        yield from gitlab_templates.asked(name, job, document, within)
        yield from _job(name, job, document, variables)


def _is_included(path: str, jobs: dict[str, Node]) -> bool:
    """Tell a file that GitLab includes by its jobs: it may have any name."""
    if not path.endswith((".yml", ".yaml")) or path.startswith(".github/"):
        return False
    return any(
        ((job.get("script") or job.get("trigger")) and _TELLING.intersection(job.mapping))
        or (job.get("extends") and job.get("stage"))
        for job in jobs.values()
    )


def _includes(path: str, document: Node, within: Pipelines) -> Iterator[Fact]:
    found = tuple(_files(document.get("include")))
    unit = _INCLUDE if path == ROOT else ""
    for line, target in found:
        yield Link(line=line, kind="file", target=target, unit=unit)
    for event, line in within.possible.items() if found and path == ROOT else ():
        yield Trigger(line=line or found[0][0], event=event, unit=unit)


def _files(include: Node | None) -> Iterator[tuple[int, str]]:
    """Yield the files of the repository that are included, with their lines."""
    for item in (*include.items, *((include,) if include.mapping else ())) if include else ():
        local = item.get("local")
        target = local.text if local else item.text
        if target and "://" not in target and "$" not in target:
            yield item.line, posixpath.normpath(target.lstrip("/"))


def _extended(job: Node, document: Node, known: dict[str, Node], depth: int = 0) -> Node:
    """Return a job with what it inherits from the jobs it extends, each ``known`` once it was asked for.

    Tables are merged, lists replaced.
    """
    extends = job.get("extends")
    merged: dict[str, Node] = {}
    for parent in extends.items if extends and depth < MAX_DEPTH else ():
        base = document.get(parent.text)
        if base is not None:
            if parent.text not in known:
                known[parent.text] = base  # one that extends itself inherits nothing more
                known[parent.text] = _extended(base, document, known, depth + 1)
            merged = _merged(merged, known[parent.text].mapping)
    return Node(job.line, _merged(merged, job.mapping))


def _merged(base: dict[str, Node], over: dict[str, Node]) -> dict[str, Node]:
    both = {k: Node(v.line, {**base[k].mapping, **v.mapping}) for k, v in over.items() if k in base and v.mapping}
    return {**base, **over, **both}


def _variables(part: Node, outer: dict[str, str]) -> dict[str, str]:
    """Return the variables that a pipeline or job sets to plain text, with those around it."""
    stated = part.get("variables")
    found = {
        k: v.text or (n.text if (n := v.get("value")) else "") for k, v in (stated.mapping if stated else {}).items()
    }
    return {**outer, **{name: value for name, value in found.items() if value and "$" not in value}}


def _job(name: str, job: Node, document: Node, outer: dict[str, str]) -> Iterator[Fact]:
    allowed_to_fail = job.get("allow_failure")
    tolerated = allowed_to_fail is not None and allowed_to_fail.text == "true"
    variables = _variables(job, outer)
    for key in ("before_script", "script", "after_script"):
        for item in _scripts(job, key, document):
            yield from shell.facts(item.text, _first_line(item), name, tolerated=tolerated, variables=variables)
    image = _inherited(job, "image", document)
    image = image.get("name") or image if image else None
    if image is not None and image.text:
        yield Image(line=image.line, name=image.text, unit=name)
    needs = job.get("needs")
    for need in needs.items if needs else ():
        target = need.text or need.said("job")
        optional = need.get("optional")
        if optional is None or optional.text != "true":
            yield Link(line=need.line, kind="after", target=target, unit=name)
    for line, target in _files(job.get("trigger", "include")):
        yield Link(line=line, kind="file", target=target, unit=name, event="upstream")


def _inherited(job: Node, key: str, document: Node) -> Node | None:
    """Return what a job says of itself, or what the file says of all jobs."""
    return job.get(key) or document.get("default", key) or document.get(key)


def _scripts(job: Node, key: str, document: Node) -> Iterator[Node]:
    script = job.get(key) if key == "script" else _inherited(job, key, document)
    yield from _lines(script, document, itertools.count()) if script else ()


def _lines(script: Node, document: Node, met: Iterator[int], depth: int = 0) -> Iterator[Node]:
    """Yield the texts of a script; lists in it are of commands, or refer to those of another job."""
    for item in script.items:
        few = next(met) < _MOST_LINES
        if item.text:
            yield item
        elif few and depth < MAX_DEPTH:
            way = [part.text for part in item.items]
            referred = document.get(*way) if way else None
            if referred is not None:
                yield from _lines(referred, document, met, depth + 1)
            elif way and not way[0].startswith("."):
                yield from _lines(item, document, met, depth + 1)


def _blocks(job: Node) -> bool:
    """Tell whether the stages behind a job that a person starts wait for that person."""
    allowed_to_fail = job.get("allow_failure")
    return allowed_to_fail.text == "false" if allowed_to_fail is not None else job.get("rules") is not None


def _waiting(jobs: dict[str, Node], blocking: dict[str, str], document: Node) -> Iterator[Fact]:
    """Yield what waits for jobs that a person starts, by the order of their stages."""
    stated = document.get("stages")
    stages = [item.text for item in stated.items] if stated else list(_STAGES)
    place = {name: _place(job, stages) for name, job in jobs.items()}
    for name, job in jobs.items():
        for other in blocking if job.get("needs") is None else ():
            if place[other] < place[name] and "manual" in blocking[other]:
                yield Link(line=job.line, kind="after", target=other, unit=name)
    yield from _behind(jobs, place)


def _behind(jobs: dict[str, Node], place: dict[str, int]) -> Iterator[Fact]:
    """Yield the jobs of the stage before, which must not have failed for a job to start that names none it needs."""
    held: dict[int, list[str]] = {}
    for name in jobs:
        held.setdefault(place[name], []).append(name)
    before = dict(itertools.pairwise(sorted(held)))
    stages = {later: held[earlier] for earlier, later in before.items()}
    for name, job in jobs.items():
        yield from _on_failure(name, job, stages.get(place[name], [])[:_MOST])
        waits = job.get("needs") is None and not _starts_anyway(job)
        for other in stages.get(place[name], ())[:_MOST] if waits else ():
            if not _may_fail(jobs[other]):
                yield Link(line=job.line, kind="behind", target=other, unit=name)


def _on_failure(name: str, job: Node, before: list[str]) -> Iterator[Outcome]:
    """Yield that a job runs only where one that it needs, or of the stage before, has failed."""
    when, needs = job.get("when"), job.get("needs")
    if when is not None and when.text == "on_failure":
        for other in [need.text or need.said("job") for need in needs.items] if needs else before:
            yield Outcome(job.line, 0, name, other, failed=True)


def _starts_anyway(job: Node) -> bool:
    """Tell whether a job runs also where others have failed."""
    whens = (job.get("when"), *(rule.get("when") for rule in (job.get("rules") or Node(0, ())).items))
    return any(when is not None and when.text in {"always", "on_failure"} for when in whens)


def _may_fail(job: Node) -> bool:
    """Tell whether a job may fail, or not run at all, without holding others up."""
    stated, when = job.get("allow_failure"), job.get("when")
    return (stated is not None and stated.text != "false") or (when is not None and when.text == "manual")


def _place(job: Node, stages: list[str]) -> int:
    stage = job.get("stage")
    name = stage.text if stage else "test"
    return stages.index(name) if name in stages else 0


def _first_line(item: Node) -> int:
    return item.line + 1 if "\n" in item.text else item.line
