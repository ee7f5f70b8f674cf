"""On which events GitLab adds a job to a pipeline by itself: ``rules``, ``only``, ``except``, ``when``.

Sources: https://docs.gitlab.com/ci/jobs/job_rules/ and https://docs.gitlab.com/ci/variables/predefined_variables/
Pipeline schedules are kept outside the repository: only what names them is taken to run on one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.github_expressions import Unknown, Value, evaluate, truth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.facts.node import Node

USUAL = ("push", "pull-request")
_SET = Unknown(truth=True)
_NOT_BY_ITSELF = frozenset({"manual", "never"})
# an event with the sources of its pipelines, and the words by which a condition names one that is not everyday
_SOURCES = {
    "push": (("push",), ()),
    "pull-request": (("merge_request_event", "external_pull_request_event"), ()),
    "tag": (("push",), ("CI_COMMIT_TAG", "CI_BUILD_TAG")),
    "schedule": (("schedule",), ("schedule", "SCHEDULE")),
    "event": (("trigger", "api"), ('"trigger"', "'trigger'", '"api"', "'api'", "CI_PIPELINE_TRIGGERED")),
    "upstream": (("parent_pipeline", "pipeline"), ("pipeline",)),
}
_ONLY = {
    "branches": "push",
    "pushes": "push",
    "tags": "tag",
    "merge_requests": "pull-request",
    "external_pull_requests": "pull-request",
    "schedules": "schedule",
    "triggers": "event",
    "api": "event",
    "pipelines": "upstream",
    "web": "manual",
    "chat": "manual",
}
_TOKEN = re.compile(r"""\s*("[^"]*"|'[^']*'|/(?:[^/\\]|\\.)*/[a-z]*|\$\{?\w+\}?|[=!]~|[=!]=|&&|\|\||[()!]|\w+|.)""")


class Started(NamedTuple):
    """The events that start a job by themselves with the line that says so, and else why none does."""

    events: dict[str, int]
    off: str = ""


class Pipelines(NamedTuple):
    """The events that may start pipelines of a file, and those that start jobs which say nothing of events."""

    possible: dict[str, int]
    usual: dict[str, int]


def pipelines(document: Node, usual: Iterable[str]) -> Pipelines:
    """Return the events that the rules of the whole workflow let pass; ``usual`` ones where it has none."""
    rules = document.get("workflow", "rules")
    if rules is None:
        return Pipelines(dict.fromkeys((*_SOURCES, "manual"), 0), dict.fromkeys(usual, 0))
    everything = dict.fromkeys(_SOURCES, 0)
    return Pipelines(
        _by_rules(rules, "always", everything, _SOURCES).events, _by_rules(rules, "always", everything, usual).events
    )


def started(job: Node, within: Pipelines, usual: Iterable[str]) -> Started:
    """Return what starts a job; ``usual`` are the events that its rules need not name."""
    when = found.text if (found := job.get("when")) else "on_success"
    rules = job.get("rules")
    if rules is not None:
        return _by_rules(rules, when, within.possible, usual)
    if when in _NOT_BY_ITSELF:
        return Started({}, f"when: {when}")
    only, left_out = _keywords(job.get("only")), _keywords(job.get("except"))
    events = {e: line or job.line for e, line in (only or within.usual).items() if e in within.possible}
    automatic = {e: line for e, line in events.items() if e not in left_out and e != "manual"}
    return Started(automatic, "" if automatic else "only, except or the workflow leaves out every event")


def _by_rules(rules: Node, usually: str, within: Iterable[str], usual: Iterable[str]) -> Started:
    events: dict[str, int] = {}
    whens: set[str] = set()
    for event, (sources, names) in _SOURCES.items():
        for source in sources if event in within else ():
            for rule in rules.items:
                when = found.text if (found := rule.get("when")) else usually
                named = event in usual or when in _NOT_BY_ITSELF or any(name in _condition(rule) for name in names)
                holds = _holds(rule, event, source) if named else False
                if holds is not False:
                    whens.add(when)
                if holds is not False and when not in _NOT_BY_ITSELF:
                    events.setdefault(event, rule.line)
                if holds:
                    break
    off = " and ".join(sorted(whens & _NOT_BY_ITSELF)) or "never"
    return Started(events, "" if events else f"when: {off}")


def _condition(rule: Node) -> str:
    test = rule.get("if")
    return test.text if test is not None else ""


def _holds(rule: Node, event: str, source: str) -> bool | None:
    """Tell whether a rule holds for pipelines of a source; None where only the run can tell."""
    text = _condition(rule)
    holds = truth(evaluate(_translated(text), _known(event, source))) if text else True
    unsure = rule.get("changes") is not None or rule.get("exists") is not None
    return None if holds and unsure else holds


def _known(event: str, source: str) -> dict[str, Value]:
    known: dict[str, Value] = {
        "ci.ci_pipeline_source": source,
        "ci.ci_commit_tag": _SET if event == "tag" else None,
        "ci.ci_commit_branch": None if event in {"tag", "pull-request"} else _SET,
        "ci.ci_pipeline_schedule_id": _SET if event == "schedule" else None,
        "ci.ci_pipeline_triggered": _SET if source == "trigger" else None,
    }
    for name in ("id", "iid", "target_branch_name", "source_branch_name", "event_type", "labels", "title"):
        known[f"ci.ci_merge_request_{name}"] = _SET if event == "pull-request" else None
    return known


def _translated(text: str) -> str:
    """Put a condition in the words of GitHub's language, which knows no patterns."""
    words: list[str] = []
    for found in _TOKEN.finditer(text.strip()):
        word = found[1]
        if word.startswith("$"):
            words.append(f"ci.{word.strip('${}')}")
        elif word[0] in "\"'":
            words.append("'" + word[1:-1].replace("'", "''") + "'")
        elif word in {"=~", "!~"} and words:
            left = words.pop()
            words.append(f"({left} && unknown.x)" if word == "=~" else f"(!{left} || unknown.x)")
        elif not word.startswith("/"):
            words.append(word)
    return " ".join(words)


def _keywords(part: Node | None) -> dict[str, int]:
    """Return the events that ``only`` or ``except`` name; names of branches stand for pushes."""
    if part is None:
        return {}
    listed = part.get("refs") or part
    return {_ONLY.get(item.text, "push"): item.line for item in listed.items}
