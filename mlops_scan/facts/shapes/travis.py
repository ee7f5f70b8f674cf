"""Travis CI: the phases of a build, and the jobs of its matrix.

Source of the format: https://docs.travis-ci.com/user/customizing-the-build/,
https://docs.travis-ci.com/user/conditional-builds-stages-jobs/ and the pages of its languages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_PHASES = ("install", "before_script", "script", "after_success", "deploy")
# what it runs for a language where no script is written
_SCRIPTS = {
    "go": "go test -v ./...",
    "java": "mvn test -B",
    "julia": "julia --check-bounds=yes -e 'import Pkg; Pkg.build(); Pkg.test(coverage=true)'",
    "node_js": "npm test",
    "r": "R CMD build . && R CMD check *tar.gz",
    "rust": "cargo build --verbose && cargo test --verbose",
}
_EVENTS = {"cron": "schedule", "push": "push", "pull_request": "pull-request", "api": "manual"}


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the jobs of a build; pushes start it, and what names crons."""
    if path != ".travis.yml":
        return
    included = document.get("jobs", "include") or document.get("matrix", "include")
    language = document.get("language")
    scripted = document.get("script") is not None
    if scripted:
        yield from _job("build", document)
    elif (included is None or _expands(document, language)) and (script := _script(language)):
        yield from _job("build", document)
        yield from shell.facts(script, language.line if language else 0, "build")
    for number, job in enumerate(included.items if included else (), 1):
        stage = job.get("name") or job.get("stage")
        unit = f"{stage.text if stage else 'job'} {number}"
        if job.get("script") is not None:
            yield from _job(unit, job)
        elif not scripted and (script := _script(job.get("language") or language)):
            yield from _job(unit, job)
            yield from shell.facts(script, job.line, unit)


def _expands(document: Node, language: Node | None) -> bool:
    """Tell whether keys make a matrix of jobs, to which those that are written out are added: systems, versions."""
    keys = ("os", "arch", "dist", language.text.lower() if language is not None else "")
    return any(len(found.items) > 1 for key in keys if (found := document.get(key)) is not None)


def _script(language: Node | None) -> str:
    """Return what runs for a language where no script is written."""
    return _SCRIPTS.get(language.text.lower(), "") if language is not None else ""


def _job(unit: str, job: Node) -> Iterator[Fact]:
    script, test = job.get("script") or job, job.get("if")
    condition = test.text if test else ""
    events = _events(condition)
    yield Unit(line=script.line, name=unit, kind="job", off="" if events else f"if: {condition}")
    for event in events:
        yield Trigger(line=job.line, event=event, unit=unit)
    for phase in _PHASES:
        part = job.get(phase)
        for item in part.items if part else ():
            yield from shell.facts(item.text, item.line, unit)
    provider = job.get("deploy", "provider")
    if provider is not None:
        yield Uses(line=provider.line, name=f"travis-deploy:{provider.text}", unit=unit)


def _events(test: str) -> list[str]:
    """Return the events that a condition of the form ``type = cron`` or ``type IN (push, api)`` names."""
    words = test.replace("(", " ").replace(")", " ").replace(",", " ").replace("=", " = ").split()
    if "type" not in words or "!" in test or "NOT" in words or "OR" in words:
        return ["push"]
    behind = words[words.index("type") + 2 :]
    return [event for word in behind if (event := _EVENTS.get(word)) and event != "manual"]
