"""Commands and actions by which one workflow starts another: by its name, or by an event that it waits for.

Sources: https://docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event,
https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event and
https://cli.github.com/manual/gh_workflow_run
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.tokens import MAX_BYTES, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Uses

# actions that start a workflow, with the argument that names it
_STARTERS = {
    "benc-uk/workflow-dispatch": "workflow",
    "aurelien-baudet/workflow-dispatch": "workflow",
    "convictional/trigger-workflow-and-wait": "workflow_file_name",
    "the-actions-org/workflow-dispatch": "workflow",
}
_SENDER = "peter-evans/repository-dispatch"
_SCRIPT = "actions/github-script"
_VALUED = frozenset({"-f", "-F", "-r", "--field", "--raw-field", "--ref"})
_ELSEWHERE = frozenset({"-R", "--repo"})
_OWN = ("$", "{")
_KEYS = {"createWorkflowDispatch": ("workflow", "workflow_id"), "createDispatchEvent": ("event", "event_type")}


class Sent(NamedTuple):
    """What is started: the name of a workflow, or an event; ``kind`` as in `kinds.Link`."""

    kind: str
    name: str


def by_command(run: str) -> Iterator[Sent]:
    """Yield what a command line of GitHub's, or a request to its API, starts."""
    words = run.split(" ")
    program = posixpath.basename(words[0])
    if words[:3] == ["gh", "workflow", "run"]:
        yield from _workflow_run(words[3:])
    elif words[:3] == ["az", "pipelines", "run"] and "--name" in words[:-1]:
        yield Sent("workflow", words[words.index("--name") + 1])
    elif program in {"gh", "curl", "wget", "http", "https"}:
        for word in run.split():
            yield from _request(word.partition("?")[0].strip("\"'"), run)


def _workflow_run(words: list[str]) -> Iterator[Sent]:
    name, skip = "", ""
    for word in words:
        if skip:
            if skip in _ELSEWHERE and not word.startswith(_OWN):
                return
            skip = ""
        elif word in _VALUED or word in _ELSEWHERE:
            skip = word
        elif not word.startswith("-"):
            name = name or word
    if name:
        yield Sent("workflow", name)


def _request(url: str, run: str) -> Iterator[Sent]:
    """Yield what a request to an address starts."""
    parts = url.rstrip("/").split("/")
    if parts[-1] != "dispatches":
        return
    if parts[-3:-2] == ["workflows"]:
        yield Sent("workflow", parts[-2])
        return
    event = behind(run, "event_type")
    if event:
        yield Sent("event", event)


def behind(text: str, key: str) -> str:
    """Return the value behind a key in JSON or ``key=value`` text, quoted or not; empty where it is not written."""
    rest = text.partition(key)[2].lstrip("\"'\\ \n:=")
    end = next((place for place, letter in enumerate(rest) if letter in "\"'\\, \n}"), len(rest))
    return rest[:end]


def by_action(used: Uses) -> Iterator[Sent]:
    """Yield what a ready-made action starts, unless in another repository."""
    given = used.arguments
    elsewhere = given.get("repository") or given.get("repo") or ""
    if used.name == _SCRIPT:
        yield from _script(given.get("script", ""))
    elif elsewhere and "github.repository" not in elsewhere and "github.event.repository" not in elsewhere:
        return
    elif used.name == _SENDER and given.get("event-type"):
        yield Sent("event", given["event-type"])
    elif given.get(_STARTERS.get(used.name, "")):
        yield Sent("workflow", given[_STARTERS[used.name]])


def _script(text: str) -> Iterator[Sent]:
    """Yield what JavaScript asks GitHub's client to start."""
    if len(text) > MAX_BYTES or not any(function in text for function in _KEYS):
        return
    found = tokens(text, "javascript")
    for number, token in enumerate(found):
        kind, key = _KEYS.get(token.text.rpartition(".")[2], ("", ""))
        if not kind:
            continue
        for place, part in enumerate(found[number + 1 :], number + 1):
            if part.text.strip("'\"") == key:
                value = next((t for t in found[place + 1 : place + 4] if t.kind == "string"), None)
                yield from (Sent(kind, value.text),) if value else ()
                break
