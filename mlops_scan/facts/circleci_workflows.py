"""What starts the jobs of CircleCI's workflows.

Sources: https://circleci.com/docs/configuration-reference/#workflows and
https://circleci.com/docs/pipeline-variables/ (schedules of pipelines are kept at CircleCI; conditions name them)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.node import Node

_SOURCES = {"push": "webhook", "schedule": "scheduled_pipeline", "manual": "api"}
MAX_DEPTH = 10


class Run(NamedTuple):
    """A job in a workflow: what starts it (event, line, detail), or why nothing does, and its parameters.

    ``behind`` are the jobs that must not have failed before; ``name`` is what the workflow calls it.
    """

    job: str
    events: tuple[tuple[str, int, str], ...]
    off: str
    given: dict[str, str]
    behind: tuple[str, ...] = ()
    name: str = ""
    line: int = 0


def runs(document: Node) -> Iterator[Run]:
    """Yield every job of every workflow."""
    workflows = document.get("workflows")
    defaults = _defaults(document)
    for workflow in (workflows.mapping if workflows else {}).values():
        listed = workflow.get("jobs")
        entries = [_entry(item) for item in listed.items] if listed else []
        waiting = _waiting(entries)
        jobs = {name: name if is_ready_made(job) else job for job, name, _ in entries}
        started = tuple(_started(workflow, defaults))
        for job, name, given in entries:
            at = _line(given, workflow)
            events = tuple(
                (_of_refs(event, given), line or at, text or _branches(event, given)) for event, line, text in started
            )
            off = waiting.get(name, "") or ("" if events else "when")
            requires = given.get("requires") if given else None
            behind = tuple(jobs[item.text] for item in requires.items if item.text in jobs) if requires else ()
            yield Run(job, () if off else events, off, _texts(given), behind, name, at)


def is_ready_made(job: str) -> bool:
    """Tell whether a job is one of an orb, which workflows use as it is."""
    return "/" in job


def _entry(item: Node) -> tuple[str, str, Node | None]:
    """Return a job's name, the name it has in the workflow, and what it is given there."""
    if item.text:
        return item.text, item.text, None
    job, given = next(iter(item.mapping.items()), ("", None))
    name = given.get("name") if given else None
    return job, name.text if name else job, given


def _texts(given: Node | None) -> dict[str, str]:
    return {key: value.text for key, value in (given.mapping if given else {}).items() if value.text}


def _line(given: Node | None, workflow: Node) -> int:
    return given.line if given is not None else workflow.line


def _waiting(entries: list[tuple[str, str, Node | None]]) -> dict[str, str]:
    """Return the jobs that wait for a person, by their names, and why."""
    found = {name: "type: approval" for _, name, given in entries if given and _texts(given).get("type") == "approval"}
    for _ in entries:
        for _, name, given in entries:
            requires = given.get("requires") if given else None
            for needed in requires.items if requires and name not in found else ():
                if needed.text in found:
                    found[name] = f"waits for {needed.text}, which has {found[needed.text]}"
                    break
    return found


def _started(workflow: Node, defaults: dict[str, str]) -> Iterator[tuple[str, int, str]]:
    """Yield what starts a workflow, with line (0: that of each job) and detail."""
    triggers = workflow.get("triggers")
    crons = [cron for item in (triggers.items if triggers else ()) if (cron := item.get("schedule", "cron"))]
    if crons:
        yield from (("schedule", cron.line, cron.text) for cron in crons)
        return
    when, unless = workflow.get("when"), workflow.get("unless")
    for event, source in _SOURCES.items() if when or unless else ():
        known = {**defaults, "pipeline.trigger_source": source}
        if event != "schedule":
            known["pipeline.schedule.name"] = known["pipeline.schedule.id"] = ""
        holds = _holds(when, known) if when else _not(_holds(unless, known))
        named = event == "push" or _names(when or unless)
        if holds is not False and named and event != "manual":
            yield event, (when or workflow).line, ""
    if not when and not unless:
        yield "push", 0, ""


def _names(condition: Node | None, depth: int = 0) -> bool:
    """Tell whether a condition speaks of schedules."""
    if condition is None or depth > MAX_DEPTH:
        return False
    below = (*condition.mapping.values(), *(condition.items if not condition.text else ()))
    return "schedule" in condition.text or any(_names(part, depth + 1) for part in below)


def _holds(condition: Node | None, known: dict[str, str], depth: int = 0) -> bool | None:
    """Tell whether a condition holds; None where only the run can tell."""
    if condition is None or depth > MAX_DEPTH:
        return None
    if condition.text:
        value = _value(condition.text, known)
        return None if value is None else value not in {"false", "", "0"}
    name, part = next(iter(condition.mapping.items()), ("", condition))
    if name == "equal":
        values = [_value(item.text, known) for item in part.items]
        return None if None in values else len(set(values)) == 1
    if name == "not":
        return _not(_holds(part, known, depth + 1))
    each = [_holds(item, known, depth + 1) for item in part.items]
    deciding = {"and": False, "or": True}.get(name)
    return deciding if deciding in each else None if None in each or deciding is None else not deciding


def _not(holds: bool | None) -> bool | None:  # noqa: FBT001 - a value, not a switch
    return None if holds is None else not holds


def _value(text: str, known: dict[str, str]) -> str | None:
    inner = text.strip()
    if inner.startswith("<<") and inner.endswith(">>"):
        return known.get(inner[2:-2].strip())
    return inner


def _defaults(document: Node) -> dict[str, str]:
    """Return the parameters of pipelines that nobody gives others."""
    stated = document.get("parameters")
    found = {name: value.get("default") for name, value in (stated.mapping if stated else {}).items()}
    return {f"pipeline.parameters.{name}": value.text for name, value in found.items() if value is not None}


def _branches(event: str, given: Node | None) -> str:
    """Return the branches whose pushes alone start a job, empty where others do too."""
    only = given.get("filters", "branches", "only") if given and event == "push" else None
    return "" if only is None else only.text or ", ".join(item.text for item in only.items)


def _of_refs(event: str, given: Node | None) -> str:
    """Return that a job starts on tags where its filters leave out all branches."""
    tags, ignored = (
        (given.get("filters", "tags"), given.get("filters", "branches", "ignore")) if given else (None, None)
    )
    left_out = ignored is not None and [item.text for item in ignored.items] == ["/.*/"]
    return "tag" if event == "push" and tags is not None and left_out else event
