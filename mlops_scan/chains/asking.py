"""Requests to a service of the repository that make it train: ``requests.post("http://api:8000/train")``.

Where a service runs, files seldom say; so it is told by the route, if one handler alone has that.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.graph import Node, Step
from mlops_scan.facts.kinds import Call, Command, Decorator, Uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.graph import Builder
    from mlops_scan.evidence import FileFacts

_SERVES, _TRAINS = "serves", "trains"
_APPLIES = frozenset({"loads", "predicts"})
_WORDS = ("train", "fit")
_LIBRARIES = frozenset({"aiohttp", "httpx", "requests", "urllib3"})
_SENDING = frozenset({"get", "post", "put", "request"})
_READERS = frozenset({"curl", "wget"})
_PROGRAMS = _READERS | {"http", "xh"}
_OPERATORS, _HTTP, _ENDPOINT = "airflow:", "Http", "endpoint"
_GAP = "{}"
# what says that a request changes something: without it programs only read, which no such handler answers
_CHANGING = frozenset({"post", "put", "patch", "delete"})
_SENT, _SENT_SHORT = ("--data", "--form", "--json", "--method", "--post", "--request", "--upload"), frozenset("XdFT")


class _Asked(NamedTuple):
    """A request: what sends it, on which line, the path that it asks for, and whether it only reads."""

    source: Node
    line: int
    path: str
    reads: bool = False


def settle(builder: Builder, files: Iterable[FileFacts]) -> None:
    """Link what sends a request to the handler that it asks, where that comes to training."""
    product = [file for file in files if file.role == "product"]
    routes = _routes(builder, product)
    requests = [asked for file in product for asked in _asked(file)] if routes else []
    leads = builder.leads() if requests else {}
    for asked in requests:
        parts = asked.path.split("/")
        endings = ("/" + "/".join(parts[first:]) for first in range(1, len(parts)))
        found = next((routes[ending] for ending in endings if ending in routes), ())
        handlers = [handler for handler, read in found if read or not asked.reads]
        if len(handlers) == 1 and _makes(asked.path, leads.get(handlers[0], frozenset())):
            step = Step(asked.source.path, asked.line, f"asks {asked.path}")
            builder.link(asked.source, handlers[0], step)


def _makes(path: str, leads: frozenset[str]) -> bool:
    """Tell whether a handler makes a model: one that applies it may do so only where there is none yet."""
    said = any(word in path.rpartition("/")[2] for word in _WORDS)
    return _TRAINS in leads and (said or leads.isdisjoint(_APPLIES))


def _routes(builder: Builder, files: Iterable[FileFacts]) -> dict[str, list[tuple[Node, bool]]]:
    """Return the handlers of each route that is written down whole, and whether they answer those who only read."""
    found: dict[str, list[tuple[Node, bool]]] = defaultdict(list)
    for file in files:
        for fact in file.of(Decorator):
            handler = Node(file.path, fact.unit)
            route = fact.arguments.get("0") or fact.arguments.get("path") or fact.arguments.get("rule") or ""
            whole = route[:1] == "/" and route.strip("/") and not any(sign in route for sign in "{<")
            if whole and any(act.act == _SERVES for act in builder.acts.get(handler, ())):
                found[route.rstrip("/")].append((handler, _is_read(fact)))
    return found


def _is_read(fact: Decorator) -> bool:
    methods = fact.arguments.get("methods", "")
    return "GET" in methods.upper() if methods else fact.name.rpartition(".")[2] not in _CHANGING


def _asked(file: FileFacts) -> Iterator[_Asked]:
    tasks = {used.line: used.unit for used in file.of(Uses) if used.name.startswith(_OPERATORS) and _HTTP in used.name}
    for call in file.of(Call):
        library, _, function = call.name.partition(".")
        if library in _LIBRARIES and function.rpartition(".")[2] in _SENDING:
            reads = function.rpartition(".")[2] == "get"
            yield from _requests(Node(file.path, call.unit), call.line, call.arguments.values(), reads=reads)
        elif call.line in tasks and _ENDPOINT in call.arguments:
            endpoint = call.arguments[_ENDPOINT].lstrip("/")
            yield from _requests(Node(file.path, tasks[call.line]), call.line, (f"/{endpoint}",))
    for command in file.of(Command):
        words = command.run.split(" ")
        if posixpath.basename(words[0]) in _PROGRAMS:
            reads = posixpath.basename(words[0]) in _READERS and not any(map(_sends, words))
            yield from _requests(Node(file.path, command.unit), command.line, words[1:], reads=reads)


def _sends(word: str) -> bool:
    """Tell whether a word is an option of curl or wget by which it sends something."""
    return word.startswith(_SENT) or (word[:1] == "-" != word[1:2] and not _SENT_SHORT.isdisjoint(word))


def _requests(source: Node, line: int, texts: Iterable[str], *, reads: bool = False) -> Iterator[_Asked]:
    """Yield what texts ask for: a path alone, or one behind a host or behind what is not known."""
    for text in texts:
        _, scheme, rest = text.partition("://")
        path = rest[rest.find("/") :] if scheme and "/" in rest else text.rpartition(_GAP)[2]
        path = path.partition("?")[0].rstrip("/")
        if path[:1] == "/" and " " not in path:
            yield _Asked(source, line, path, reads)
