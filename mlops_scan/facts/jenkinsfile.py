"""Reads Jenkinsfiles, declarative and scripted: stages, the shell texts that they run, and what starts them.

Sources of the format: https://www.jenkins.io/doc/book/pipeline/syntax/,
https://www.jenkins.io/doc/book/pipeline/shared-libraries/ and https://www.jenkins.io/doc/pipeline/steps/
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import jenkins_outcomes, jenkins_steps, shell
from mlops_scan.facts.checkouts import from_root
from mlops_scan.facts.jenkins_blocks import RUNNING, blocks
from mlops_scan.facts.kinds import Link, Reading, Trigger, Unit
from mlops_scan.facts.text import decode
from mlops_scan.facts.tokens import MAX_BYTES, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = ("Jenkinsfile", "Jenkinsfile.*", "*.jenkinsfile", "*.Jenkinsfile", "*.groovy")

_GROOVY = ".groovy"
# the folder of a shared library whose files are steps, each called by its file's name
_STEPS = "vars"

_TRIGGERS = {"cron": "schedule", "parameterizedCron": "schedule", "upstream": "upstream"}
# what ``when`` of a stage asks of the cause of the build
_ASKED = {
    "TimerTrigger": "schedule",
    "SCMTrigger": "push",
    "UpstreamCause": "upstream",
    "UserIdCause": "manual",
    "buildingTag": "tag",
    "changeRequest": "pull-request",
}
_BY_HAND = frozenset({"manual"})
_NEAR, _WHEN = 6, 40


def read(path: str, data: bytes) -> Reading:
    """State the stages of a pipeline, and what starts it; or what a step does that a shared library declares."""
    if len(data) > MAX_BYTES:
        return Reading()
    found = tokens(decode(data), "groovy")
    if path.endswith(_GROOVY) and posixpath.basename(posixpath.dirname(path)) == _STEPS:
        return Reading(tuple(_step(path, found)))
    if path.endswith(_GROOVY) and not _is_pipeline(found):
        return Reading()
    return Reading((*_whole(path, found[:1]), *_in_order(found)))


def _is_pipeline(found: list[Token]) -> bool:
    """Tell whether a file of Groovy, which may be any program, declares a pipeline."""
    return any(part.text == "pipeline" and _follows(found, place, "{") for place, part in enumerate(found))


def _step(path: str, found: list[Token]) -> Iterator[Fact]:
    """Yield a step under the name that pipelines call it by, with the stages that it may have."""
    name = posixpath.basename(path).removesuffix(_GROOVY)
    yield Unit(line=1, name="", kind="step", alias=f"{jenkins_steps.PREFIX}{name}")
    yield from _in_order(found)


def _in_order(found: list[Token]) -> Iterator[Fact]:
    """Yield what stages do, and that the whole runs them one after the other."""
    yield from jenkins_outcomes.facts(found)
    for fact in _facts(found):
        yield fact
        if isinstance(fact, Unit):
            yield Link(line=fact.line, kind="unit", target=fact.name)


def _whole(path: str, first: list[Token]) -> Iterator[Fact]:
    """Yield the pipeline under the name that its file or folder gives it, and what may always start it.

    Pushes start a Jenkinsfile, as a multibranch project does; of other files only the server knows.
    """
    name = posixpath.basename(path).removesuffix(_GROOVY)
    told = name.replace("Jenkinsfile", "").replace(".jenkinsfile", "").strip(".-_")
    for token in first:
        alias = told or posixpath.basename(posixpath.dirname(path))
        yield Unit(line=token.line, name="", kind="workflow", alias=alias)
        if not path.endswith(_GROOVY):
            yield Trigger(line=token.line, event="push")
        yield Trigger(line=token.line, event="manual")


def _facts(found: list[Token]) -> Iterator[Fact]:
    unit, asking = "", ""
    made: dict[str, str] = {}
    open_folders: list[str] = []
    entering = ""
    around = blocks(found)
    for number, token in enumerate(found):
        yield from jenkins_steps.facts(found, number, unit, made)
        text = _text(found[number + 1 : number + _NEAR], token.text)
        if token.text == "{":
            open_folders.append(entering or (open_folders[-1] if open_folders else ""))
            entering = ""
        elif token.text == "}" and open_folders:
            open_folders.pop()
        elif text is None or token.kind != "name":
            continue
        elif token.text == "stage":
            unit = text.text
            stage = _stage(found, number, unit, asking)
            asking = asking or (unit if stage.off == "input" else "")
            yield stage
            yield from (Link(token.line, "behind", before, unit) for before in around.after.get(number, ()))
        elif token.text == "dir":
            root = from_root(text.text)
            entering = text.text if root is None else root
        elif token.text in RUNNING:
            folder = open_folders[-1] if open_folders else ""
            tolerated = number in around.forgiven
            yield from shell.facts(text.text, text.line, unit, tolerated=tolerated, directory=folder)
        elif token.text in _TRIGGERS:
            yield Trigger(line=token.line, event=_TRIGGERS[token.text], detail=text.text)
        elif token.text == "build" and _follows(found, number, "job:"):
            yield Link(line=token.line, kind="workflow", target=text.text, unit=unit)


def _text(following: list[Token], name: str) -> Token | None:
    """Return the string that a step is given: its script where it names several, else the first on its line."""
    strings = [
        part
        for place, part in enumerate(following)
        if part.kind == "string" and not (name in RUNNING and _named(following, place) in {"label:", "encoding:"})
    ]
    return strings[0] if strings else None


def _stage(found: list[Token], number: int, name: str, asking: str) -> Unit:
    """Return a stage; behind one that asks a person it waits for the answer."""
    off, only = _limits(found, number)
    off = off or (f"waits for {asking}, which has input" if asking else "")
    return Unit(line=found[number].line, name=name, kind="job", off=off, only=only)


def _named(following: list[Token], place: int) -> str:
    return following[place - 1].text if place else ""


def _follows(found: list[Token], number: int, word: str) -> bool:
    return any(part.text == word for part in found[number + 1 : number + 3])


def _limits(found: list[Token], number: int) -> tuple[str, tuple[str, ...]]:
    """Return why a stage does not go on by itself, and the only causes of builds that it runs for."""
    inside = _inside(found, number)
    if any(part.text == "input" and part.kind == "name" for part in inside):
        return "input", ()
    start = next((place for place, part in enumerate(inside) if part.text == "when"), None)
    asked = inside[start : start + _WHEN] if start is not None else []
    stop = next((place for place, part in enumerate(asked) if part.text == "steps"), len(asked))
    names = {part.text for part in asked[:stop]}
    if names & {"not", "anyOf", "expression"}:
        return "", ()
    only = tuple(sorted({event for word, event in _ASKED.items() if word in names}))
    return ("when: triggeredBy" if only and set(only) <= _BY_HAND else ""), only


def _inside(found: list[Token], number: int) -> list[Token]:
    """Return the tokens of a stage's block, up to the next stage."""
    depth = 0
    for place in range(number + 1, len(found)):
        text = found[place].text
        depth += (text == "{") - (text == "}")
        if text == "stage" or (text == "}" and depth <= 0):
            return found[number + 1 : place]
    return found[number + 1 :]
