"""What GitHub tells a workflow about the event that started it, and which events a condition lets pass.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.github_expressions import Unknown, Value, condition
from mlops_scan.facts.kinds import Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.node import Node

# GitHub's events with what they are here, and how the ref of their runs begins
_EVENTS = {
    "push": ("push", "refs/"),
    "schedule": ("schedule", "refs/heads/"),
    "workflow_run": ("upstream", "refs/heads/"),
    "repository_dispatch": ("call", "refs/heads/"),  # starts nothing by itself: whoever sends it does
    "pull_request": ("pull-request", "refs/pull/"),
    "pull_request_target": ("pull-request", "refs/heads/"),
    "merge_group": ("pull-request", "refs/heads/"),
    "release": ("release", "refs/tags/"),
    "workflow_dispatch": ("manual", "refs/"),
    "workflow_call": ("call", "refs/"),
}
_PULL_REQUEST = ("opened", "synchronize", "reopened")
_DETAILS = {"workflow_run": "workflows", "repository_dispatch": "types", "push": "branches"}
# what an event brings along; it is null for all others
_PAYLOADS = {
    "pull_request": ("pull_request", "pull_request_target"),
    "head_commit": ("push",),
    "release": ("release",),
    "workflow_run": ("workflow_run",),
    "client_payload": ("repository_dispatch",),
    "inputs": ("workflow_dispatch",),
    "schedule": ("schedule",),
}
_MERGED = "github.event.pull_request.merged"
_GLOBBING = "*?+[!"
MAX_SITUATIONS = 60


class Situation(NamedTuple):
    """One way a workflow is started: the event (as in `kinds.Trigger`), and the contexts known then."""

    event: str
    known: dict[str, Value]


def triggers(on: Node | None, conditions: Iterable[str]) -> Iterator[Trigger]:
    """Yield what starts a workflow; where a condition asks it, the merge of a pull request is a push."""
    for name, event in _events(on):
        yield from _triggers(name, event)
        if name.startswith("pull_request") and "closed" in _texts(event, "types") and _asks(conditions):
            yield Trigger(line=event.line, event="push", detail="merged pull request")


def situations(on: Node | None, conditions: Iterable[str]) -> tuple[Situation, ...]:
    """Return the ways in which a workflow is started; who calls it may have been started by anything."""
    merging = _asks(conditions)
    found: list[Situation] = []
    for name, event in _events(on):
        found.extend(called() if name == "workflow_call" else _situations(name, event, merging=merging))
    return tuple(found[:MAX_SITUATIONS])


def called() -> Iterator[Situation]:
    """Yield the ways in which something is started that others call: their event, with inputs that they give."""
    for name, (event, ref) in _EVENTS.items():
        known = {key: value for key, value in _base(name, ref).items() if not key.endswith("inputs.*")}
        yield from () if event == "call" else (Situation(event, known),)


def passed(test: str, ways: tuple[Situation, ...]) -> frozenset[str]:
    """Return the events that a condition may let pass."""
    return frozenset(way.event for way in ways if condition(test, way.known) is not False)


def _events(on: Node | None) -> Iterator[tuple[str, Node]]:
    if on is not None:
        yield from ((item.text, item) for item in on.items)
        yield from on.mapping.items()


def _asks(conditions: Iterable[str]) -> bool:
    return any(_MERGED in text for text in conditions)


def _texts(event: Node, key: str) -> tuple[str, ...]:
    found = event.get(key)
    return tuple(item.text for item in found.items) if found else ()


def _triggers(name: str, event: Node) -> Iterator[Trigger]:
    if name == "schedule":
        crons = (cron for item in event.items if (cron := item.get("cron")))
        yield from (Trigger(line=cron.line, event="schedule", detail=cron.text) for cron in crons)
        return
    kind = _EVENTS.get(name, ("activity",))[0]
    tags = name == "push" and _tags_only(event)
    detail = ", ".join(_texts(event, "tags" if tags else _DETAILS.get(name, "types")))
    paths = ", ".join(_texts(event, "paths")) if name == "push" else ""
    if kind == "activity" or (name == "repository_dispatch" and not detail):
        detail = name
    if paths:
        detail = f"{detail} with changes in {paths}".strip()
    yield Trigger(line=event.line, event="tag" if tags else kind, detail=detail)


def _tags_only(push: Node) -> bool:
    tags, branches = ("tags", "tags-ignore"), ("branches", "branches-ignore")
    return any(push.get(key) for key in tags) and not any(push.get(key) for key in branches)


def _situations(name: str, event: Node, *, merging: bool) -> Iterator[Situation]:
    kind, ref = _EVENTS.get(name, ("activity", "refs/"))
    known: dict[str, Value] = {"github.event_name": name}
    if name in _EVENTS:
        known = _base(name, ref)
    if name == "push":
        kind = "tag" if _tags_only(event) else "push"
        yield from (Situation(kind, known | where) for where in _pushed(event))
    elif name == "schedule":
        crons = [cron.text for item in event.items if (cron := item.get("cron"))]
        yield from (Situation(kind, known | {"github.event.schedule": cron}) for cron in crons)
    elif name in {"pull_request", "pull_request_target"}:
        for action, merged in product(_texts(event, "types") or _PULL_REQUEST, (True, False)):
            if action == "closed" or not merged:
                told: dict[str, Value] = {"github.event.action": action, _MERGED: merged}
                yield Situation("push" if merged and merging else kind, known | told)
    elif name in {"repository_dispatch", "release"} and event.get("types"):
        yield from (Situation(kind, known | {"github.event.action": action}) for action in _texts(event, "types"))
    else:
        yield Situation(kind, known)


def _base(name: str, ref: str) -> dict[str, Value]:
    """Return what is known of every run that an event starts."""
    known: dict[str, Value] = {"github.event_name": name, "github.ref": Unknown(ref)}
    if ref in {"refs/heads/", "refs/tags/"}:
        known["github.ref_type"] = "branch" if ref == "refs/heads/" else "tag"
    if not name.startswith("pull_request"):
        known |= {"github.base_ref": "", "github.head_ref": ""}
    for payload, events in _PAYLOADS.items():
        if name not in events:
            known |= {f"github.event.{payload}": None, f"github.event.{payload}.*": None}
    if name != "workflow_dispatch":
        known["inputs.*"] = None
    return known


def _pushed(push: Node) -> Iterator[dict[str, Value]]:
    """Yield the refs whose pushes start a workflow, as far as its filters name them."""
    branches, tags = _texts(push, "branches"), _texts(push, "tags")
    for kind, start, names in (("branch", "refs/heads/", branches), ("tag", "refs/tags/", tags)):
        for name in names:
            yield {"github.ref_type": kind, **_ref(start, name)}
    if not branches and not tags:
        ignoring = push.get("branches-ignore") is not None, push.get("tags-ignore") is not None
        start = {(True, False): "refs/heads/", (False, True): "refs/tags/"}.get(ignoring, "refs/")
        yield {"github.ref": Unknown(start)}


def _ref(start: str, name: str) -> dict[str, Value]:
    plain = name[: next((place for place, letter in enumerate(name) if letter in _GLOBBING), len(name))]
    if plain == name:
        return {"github.ref": start + name, "github.ref_name": name}
    return {"github.ref": Unknown(start + plain), "github.ref_name": Unknown(plain)}
