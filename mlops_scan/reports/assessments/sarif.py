"""What the next level still needs, as SARIF 2.1.0 for code scanning.

Sources: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html and what GitHub reads of it,
https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mlops_scan import __version__, model
from mlops_scan.reports import models
from mlops_scan.reports.checkout import from_root
from mlops_scan.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.assessment import Assessment, Gap, Proven
    from mlops_scan.facts.kinds import Diagnostic
    from mlops_scan.ladder import Ladder
    from mlops_scan.model import Capability

_HOME = "https://github.com/mlops-scan/mlops-scan"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LONG = 1000
# a reader of alerts looks at a few places, and GitHub refuses more than it shows
_MOST_RELATED, _MOST_NOTIFICATIONS = 10, 100
# embedded links and placeholders (3.11.6 and 3.11.5): what a repository says must be neither
_PLAIN = str.maketrans({"[": "\\[", "]": "\\]", "\\": "\\\\", "{": "{{", "}": "}}"})


def render(assessment: Assessment) -> str:
    """Return the log as indented JSON with a final newline; the same assessment gives the same bytes."""
    assessment = from_root(assessment)
    run = {
        "tool": {"driver": _driver(assessment)},
        "automationDetails": {"id": _category(assessment)},
        "columnKind": "utf16CodeUnits",
        "invocations": [_invocation(assessment.diagnostics)],
        "results": list(_results(assessment)),
        "properties": {"model": assessment.model.name, **({"team": said} if (said := models.team(assessment)) else {})},
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _category(assessment: Assessment) -> str:
    """Return what tells the results of one model from those of another."""
    by = assessment.model
    return (
        "mlops-scan/" if by.id == model.DEFAULT else f"mlops-scan/{by.id if models.shipped(assessment) else by.name}/"
    )


def _driver(assessment: Assessment) -> dict[str, Any]:
    asked = model.of(assessment.model).capability
    rules = [_rule(capability, assessment.model) for capability in asked]
    return {"name": "mlops-scan", "version": __version__, "informationUri": _HOME, "rules": rules}


def _rule(capability: Capability, ladder: Ladder) -> dict[str, Any]:
    kind, _, name = ladder.heading(capability.level).partition(": ")
    return {
        "id": capability.id,
        "shortDescription": {"text": capability.question},
        "fullDescription": {"text": f"{capability.question} Part of {kind.lower()}, {name}."},
        "help": {"text": f"{capability.next} `mlops-scan explain {capability.id}` tells what proves it."},
        "defaultConfiguration": {"level": "note"},
        "properties": {"tags": ["mlops", kind.lower().replace(" ", "-")]},
    }


def _invocation(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    told = [_notification(diagnostic) for diagnostic in diagnostics]
    return {"executionSuccessful": True, "toolExecutionNotifications": told[:_MOST_NOTIFICATIONS]}


def _notification(told: Diagnostic) -> dict[str, Any]:
    place = {"locations": [_location(told.path, told.line)]} if told.path else {}
    return {"level": "warning", "message": {"text": _plain(told.message)}, **place}


def _results(assessment: Assessment) -> Iterator[dict[str, Any]]:
    """Yield a result for each gap.

    It stands where something for it is at hand, else at the line that tells that this is machine learning: GitHub
    refuses a whole log with one result that has no place.
    """
    ids = [capability.id for capability in model.of(assessment.model).capability]
    for gap in assessment.gaps:
        at_hand = _at_hand(assessment, gap)
        place = next(iter((*at_hand, *assessment.kind_evidence)), None)
        if place is None:
            continue
        first = gap.capabilities[0]
        yield {
            "ruleId": first,
            "ruleIndex": ids.index(first),
            "level": "note",
            "message": {"text": _message(gap, at_hand)},
            "locations": [_location(place.path, place.line)],
            **_besides(at_hand),
            "partialFingerprints": {"primaryLocationLineHash": _fingerprint(assessment, gap)},
        }


def _at_hand(assessment: Assessment, gap: Gap) -> list[Proven]:
    answers = (answer for answer in assessment.capabilities if answer.id in gap.capabilities)
    return [found for answer in answers for found in answer.evidence if not found.disputed][:_MOST_RELATED]


def _message(gap: Gap, at_hand: list[Proven]) -> str:
    what = " or ".join(gap.capabilities)
    start = f"Level {gap.level} still needs {what}: {gap.advice}"
    return f"{start} At hand: {_plain(at_hand[0].summary)}" if at_hand else start


def _besides(at_hand: list[Proven]) -> dict[str, Any]:
    """Return the other places where something is at hand, and the chains that lead to them."""
    related = [{"id": number, **_said(found)} for number, found in enumerate(at_hand, 1)]
    flows = [
        {"threadFlows": [{"locations": [{"location": _step(step.path, step.line, step.what)} for step in found.chain]}]}
        for found in at_hand
        if found.chain
    ]
    return {key: value for key, value in (("relatedLocations", related), ("codeFlows", flows)) if value}


def _said(found: Proven) -> dict[str, Any]:
    return _step(found.path, found.line, found.summary)


def _step(path: str, line: int, what: str) -> dict[str, Any]:
    return {**_location(path, line), "message": {"text": _plain(what)}}


def _location(path: str, line: int) -> dict[str, Any]:
    """Return a place; that of a whole file is its first line."""
    uri = quote(path, safe="/", errors="replace")
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": max(line, 1)},
        }
    }


def _fingerprint(assessment: Assessment, gap: Gap) -> str:
    """Return what a gap is known by from one scan to the next: the project and what it lacks, wherever lines move."""
    return hashlib.sha256(
        "\0".join((assessment.source.path, *gap.capabilities)).encode("utf-8", "surrogatepass")
    ).hexdigest()


def _plain(text: str) -> str:
    return visible(text, _LONG).translate(_PLAIN)
