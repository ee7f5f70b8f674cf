"""GitLab CI: jobs, their scripts and rules.

Source of the format: https://docs.gitlab.com/ci/yaml/
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Image, Link, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_RESERVED = frozenset(
    {"default", "variables", "workflow", "include", "stages", "image", "services", "cache", "spec"}
    | {"before_script", "after_script"}
)
_SCRIPTS = ("before_script", "script", "after_script")


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the jobs of a pipeline; it starts on pushes and merge requests unless the rules say otherwise."""
    if not posixpath.basename(path).endswith(".gitlab-ci.yml"):
        return
    yield from _includes(document)
    for name, job in document.mapping.items():
        if name not in _RESERVED and not name.startswith(".") and job.mapping:
            yield from _job(name, _extended(job, document))


def _includes(document: Node) -> Iterator[Link]:
    include = document.get("include")
    for item in (*include.items, *((include,) if include.mapping else ())) if include else ():
        local = item.get("local")
        target = local.text if local else item.text
        if target and "://" not in target:
            yield Link(line=item.line, kind="file", target=target.lstrip("/"))


def _extended(job: Node, document: Node) -> Node:
    """Return a job with what it inherits from the hidden jobs it extends, one level deep each."""
    merged: dict[str, Node] = {}
    extends = job.get("extends")
    for parent in extends.items if extends else ():
        base = document.get(parent.text)
        merged.update(base.mapping if base else {})
    return type(job)(job.line, {**merged, **job.mapping})


def _job(name: str, job: Node) -> Iterator[Fact]:
    rules = list(_rules(job))
    whens = {when for _, when, _ in rules}
    always = job.get("when")
    off = always.text if always is not None and always.text in {"manual", "never"} else ""
    if rules and whens <= {"manual", "never"}:
        off = " and ".join(sorted(whens))
    yield Unit(line=job.line, name=name, kind="job", off=f"when: {off}" if off else "")
    events = {event: line for event, when, line in rules if when not in {"manual", "never"}}
    for event, line in (events or {"push": job.line, "pull-request": job.line}).items():
        yield Trigger(line=line, event=event, unit=name)
    allowed = job.get("allow_failure")
    for key in _SCRIPTS:
        script = job.get(key)
        for item in script.items if script else ():
            for part in item.items if not item.text else (item,):
                tolerated = allowed is not None and allowed.text == "true"
                yield from shell.commands(part.text, _first_line(part), name, tolerated=tolerated)
    image = job.get("image", "name") or job.get("image")
    if image is not None and image.text:
        yield Image(line=image.line, name=image.text, unit=name)
    needs = job.get("needs")
    for need in needs.items if needs else ():
        target = need.text or (found.text if (found := need.get("job")) else "")
        yield Link(line=need.line, kind="after", target=target, unit=name)


def _rules(job: Node) -> Iterator[tuple[str, str, int]]:
    """Yield (event, when, line) for each rule of a job."""
    rules = job.get("rules")
    for rule in rules.items if rules else ():
        condition, when = rule.get("if"), rule.get("when")
        yield _event(condition.text if condition else ""), when.text if when else "on_success", rule.line
    only = job.get("only")
    for item in only.items if only else ():
        event = {"schedules": "schedule", "tags": "tag", "merge_requests": "pull-request"}.get(item.text, "push")
        yield event, "on_success", item.line


def _event(condition: str) -> str:
    """Return the event that a rule's condition names."""
    for word, event in (
        ("schedule", "schedule"),
        ("CI_COMMIT_TAG", "tag"),
        ("merge_request", "pull-request"),
        ("CI_MERGE_REQUEST", "pull-request"),
        ("trigger", "event"),
        ("pipeline", "upstream"),
        ("web", "manual"),
    ):
        if f'"{word}"' in condition or f"'{word}'" in condition or (word.startswith("CI_") and word in condition):
            return event
    return "pull-request" if "merge_request_event" in condition else "push"


def _first_line(item: Node) -> int:
    return item.line + 1 if "\n" in item.text else item.line
