"""What the page says besides the capabilities, as values for its template: text that is safe to show, and links."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from mlops_scan import forges, model
from mlops_scan.masks import masked
from mlops_scan.reports import models
from mlops_scan.reports.assessments import text
from mlops_scan.reports.visible import place, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mlops_scan.assessment import Answer, Assessment, Gap, Origin, Proven
    from mlops_scan.claims import Attestation
    from mlops_scan.quotes import Quote, Quoted

    Places = Callable[[str, int], "Place"]

LONG = 1000
COMMIT = 12
MOST_STEPS = 3
# a list that nobody reads to its end; JSON holds it whole
_MOST = 50


class Place(NamedTuple):
    """A place as text, its address on the forge (empty without one), and the line that stands there."""

    text: str
    link: str
    line: Quoted


class Part(NamedTuple):
    """Some of a list, and how many more there are."""

    shown: tuple[object, ...]
    left: int


def places(source: Origin, quote: Quote) -> Places:
    """Return what makes places: a link only where the file is that of the commit, so that it leads to this line."""

    def found(path: str, line: int) -> Place:
        quoted = quote(path, line)
        sound = bool(source.remote and source.commit and "\\" not in path)  # a backslash may stand for another byte
        same = sound and (source.kind == "commit" or quoted.committed)
        link = forges.line(source.remote, source.commit or "", source.folder + path, line) if same else ""
        return Place(place(path, line), link, quoted._replace(text=visible(quoted.text)))

    return found


def named(capability: str) -> str:
    """Return the id of a capability as words."""
    return capability.replace("-", " ").capitalize()


def verdict(assessment: Assessment) -> dict[str, object]:
    """Return the level, what is open in it, and what the repository is called."""
    source = assessment.source
    on_forge = source.remote.partition("://")[2].partition("/")[2].replace("/_git/", "/")
    folder = PurePath(source.path).name.replace("..", "")
    return {
        "level": assessment.level,
        "top": assessment.model.top,
        "by": models.beside(assessment).strip(" ()"),
        "name": assessment.level_name,
        "repository": visible(unquote(on_forge) or folder or "this repository"),
        "commit": (source.commit or "")[:COMMIT],
        "open": [named(" or ".join(gap.capabilities)) for gap in _open(assessment)],
        "detected": assessment.detected_level if assessment.lifted else None,
        "kind": assessment.kind,
    }


def _open(assessment: Assessment) -> list[Gap]:
    return [gap for gap in assessment.gaps if gap.level <= (assessment.level or 0)]


def ladder(assessment: Assessment) -> list[dict[str, object]]:
    """Return the levels from the top, each with what it requires and what of that is there."""
    if assessment.level is None:
        return []
    holds = {answer.id for answer in assessment.capabilities if answer.holds}
    return [
        {
            "number": level.number,
            "name": level.name,
            "here": level.number == assessment.level,
            "reached": level.number <= assessment.level,
            "items": [(named(" or ".join(item)), not holds.isdisjoint(item)) for item in level.required],
        }
        for level in reversed(assessment.model.level)
    ]


def dimensions(assessment: Assessment) -> list[dict[str, object]]:
    """Return how far each dimension is alone."""
    names = {dimension.id: dimension.name for dimension in model.questions().dimension}
    steps = [level.number for level in assessment.model.level if level.number]
    return [
        {
            "name": names[one.id],
            "level": one.level,
            "asked": ", ".join(map(str, one.asked)),
            "steps": [(step, step in one.asked, step <= one.level) for step in steps],
        }
        for one in assessment.dimensions
    ]


def next_steps(assessment: Assessment, where: Places) -> Part:
    """Return the first steps, each with a place where something for it is at hand."""
    answers = {answer.id: answer for answer in assessment.capabilities}
    shown = tuple(
        {
            "name": named(" or ".join(step.capabilities)),
            "ids": step.capabilities,
            "level": step.level,
            "advice": step.advice,
            "change": step.change,
            "unlocks": step.unlocks,
            "at_hand": _at_hand([answers[name] for name in step.capabilities if name in answers], where),
        }
        for step in assessment.next_steps[:MOST_STEPS]
    )
    return Part(shown, len(assessment.next_steps) - len(shown))


def advice(assessment: Assessment) -> list[str]:
    """Return what speaks for the next level, and how many people there are."""
    return [visible(sentence, LONG) for sentence in (*assessment.outlook, models.team(assessment)) if sentence]


def points(assessment: Assessment) -> list[str]:
    """Return how many points each section has, in a model with sections."""
    return [models.standing(section) for section in models.points(assessment)]


def hidden(assessment: Assessment) -> list[tuple[str, str]]:
    """Return what the model asks and a repository cannot show, each with the reason."""
    return [(item, visible(why, LONG)) for item, why in assessment.model.hidden()]


def _at_hand(answers: list[Answer], where: Places) -> tuple[Place, str] | None:
    found = next((proof for answer in answers for proof in answer.evidence if not proof.disputed), None)
    return (where(found.path, found.line), visible(found.summary)) if found else None


def claims(assessment: Assessment, where: Places) -> dict[str, Part]:
    """Return what the team says itself: what it attests, and which detections it disputes."""
    attested = [(named(one.id), attestation(one.attestation)) for one in assessment.capabilities if one.attestation]
    disputed = (proof for one in assessment.capabilities for proof in one.evidence if proof.disputed)
    once = dict.fromkeys((one.path, one.line, one.summary, one.disputed) for one in disputed)
    shown = [(where(path, line), visible(summary), visible(reason, LONG)) for path, line, summary, reason in once]
    return {"attested": part(attested), "disputed": part(shown)}


def attestation(said: Attestation) -> dict[str, str]:
    """Return an attestation; its address is a link only where it is one of the web."""
    url = visible(said.url)
    return {
        "reason": visible(said.reason, LONG),
        "owner": visible(said.owner),
        "expires": str(said.expires or ""),
        "url": url,
        "link": url if _on_the_web(url) else "",
    }


def _on_the_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in {"https", "http"} and bool(urlsplit(url).hostname)
    except ValueError:
        return False


def unused(assessment: Assessment, where: Places) -> Part:
    """Return what could not be used, and why."""
    told = [(where(one.path, one.line) if one.path else None, visible(one.message)) for one in assessment.diagnostics]
    return part(told)


def scope(assessment: Assessment, where: Places) -> dict[str, object]:
    """Return what was looked at, and what told the kind and the use cases."""
    source = assessment.source
    return {
        "source": source,
        "path": visible(source.path),
        "folder": visible(source.folder),
        "files": sum(source.files.values()),
        "roles": ", ".join(f"{count:,} {role}" for role, count in source.files.items()),
        "kind": [evidence(proof, where) for proof in assessment.kind_evidence[:1]],
        "use_cases": part([(visible(one.name), where(*_first(one.evidence))) for one in assessment.use_cases]),
        "is_system": assessment.kind == "ml-system",
    }


def _first(evidence: tuple[Proven, ...]) -> tuple[str, int]:
    return evidence[0].path, evidence[0].line


def evidence(proof: Proven, where: Places) -> dict[str, object]:
    """Return a proof with its place and the steps of its chain."""
    return {
        "place": where(proof.path, proof.line),
        "summary": visible(proof.summary),
        "strength": proof.strength,
        "catalogue": "" if proof.catalogue == "built-in" else proof.catalogue,
        "disputed": visible(proof.disputed, LONG),
        "steps": [(where(step.path, step.line), visible(masked(what))) for step, what in text.steps(proof)],
    }


def part(found: Sequence[object]) -> Part:
    """Return the first of a list."""
    return Part(tuple(found[:_MOST]), max(len(found) - _MOST, 0))
