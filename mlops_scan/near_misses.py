"""What comes close to a capability in a repository, and why it does not count."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import trace
from mlops_scan.facts.kinds import Import

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.evidence import Evidence, FileFacts
    from mlops_scan.model import Capability, Proof
    from mlops_scan.scan import Examined
    from mlops_scan.spec import Tool

# a reader looks at a few of each sort
MOST = 5
_DECLARED = ".declared"


class Miss(NamedTuple):
    """A place that comes close, and why not; the path is empty where there is no place."""

    path: str
    line: int
    why: str


def found(capability: Capability, examined: Examined) -> list[Miss]:
    """Return what is at hand, what no trigger comes to, and where chains end early."""
    weak = [e for e in examined.evidence if capability.id in e.proves and e.strength == "weak"]
    tools = {tool.id: tool for tool, _ in examined.catalogue.tools}
    misses = [_at_hand(one, tools, examined) for one in weak[:MOST]]
    for proof in capability.proof:
        if proof.form == "chain":
            misses.extend(_chains(proof, examined))
    return list(dict.fromkeys(misses))  # forms share acts and triggers


def _at_hand(weak: Evidence, tools: dict[str, Tool], examined: Examined) -> Miss:
    if weak.path in examined.graph.hollow:
        return Miss(weak.path, weak.line, f"{weak.summary} What its file takes from this repository is not there.")
    tool = tools.get(weak.detector.removesuffix(_DECLARED))
    if tool is None or not weak.detector.endswith(_DECLARED):
        return Miss(weak.path, weak.line, f"{weak.summary} That alone shows that it is at hand, not that it is done.")
    return Miss(weak.path, weak.line, f"{tool.name} is declared, {_use(tool, examined.files)}")


def _use(tool: Tool, files: Iterable[FileFacts]) -> str:
    """Say how far a declared tool is used: only by imports, as what it calls would be evidence."""
    roots = {name.replace("-", "_") for package in tool.packages for name in (package, package.partition("[")[0])}
    places = [
        (file.role, f"{file.path}:{fact.line}")
        for file in files
        for fact in file.of(Import)
        if fact.name.partition(".")[0].lower() in roots
    ]
    product = [place for role, place in places if role == "product"]
    if product:
        return f"and imported in {product[0]}, but nothing that it is called for there proves this"
    return f"but imported only in {places[0][1]}, a {places[0][0]} file" if places else "never imported"


def _chains(proof: Proof, examined: Examined) -> Iterator[Miss]:
    """Yield acts that none of the triggers comes to, and where what the triggers start ends early."""
    asked = {act for item in proof.reaches for act in item}
    events = ", ".join(proof.triggers)
    traced = trace.trace(examined.graph, examined.origin, proof.triggers, tuple(asked))
    come_to = {chain.act for trigger in traced.triggers for chain in trigger.chains}
    for item in proof.reaches:
        if come_to.isdisjoint(item):
            yield from islice(_left(item, events, examined), MOST)
    if not traced.triggers:
        yield Miss("", 0, f"there is no trigger of the kinds {events}")
    ends = (end for trigger in traced.triggers for end in trigger.ends)
    yield from (
        Miss(end.steps[-1].path, end.steps[-1].line, f"a chain ends here: {end.reason}") for end in islice(ends, MOST)
    )


def _left(item: tuple[str, ...], events: str, examined: Examined) -> Iterator[Miss]:
    acts = [e for e in examined.evidence if e.act in item and e.strength == "strong"]
    yield from (Miss(e.path, e.line, f"{e.act} here, but none of {events} comes to it") for e in acts)
    if not acts:
        yield Miss("", 0, f"nothing here {' or '.join(item)}")
