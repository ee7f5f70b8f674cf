"""Reads YAML: documents with lines, built from libyaml's events.

Events, because composing or loading recurses in C (60 KB of brackets end the process), fails on custom tags, and
loses lines. Tags are dropped (``!Ref x`` is ``x``), scalars keep their text (``on`` stays ``on``), aliases share nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mlops_scan.facts import helm_templates, shapes
from mlops_scan.facts.kinds import Diagnostic, Reading
from mlops_scan.facts.node import Node, settings
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from mlops_scan.facts.kinds import Fact

READS = ("*.yml", "*.yaml", "MLproject", "MLProject", "mlproject", "*.dvc", "Dvcfile", "dvc.lock", "*.runconfig")

MAX_BYTES = 2_000_000
MAX_DEPTH = 100


class Documents(NamedTuple):
    """The documents of a file up to the first error, and that error's line (0 for none) and message."""

    nodes: tuple[Node, ...]
    line: int = 0
    message: str = ""


class _Open(NamedTuple):
    """A collection whose end has not come: its line, its anchor, and its parts so far."""

    line: int
    anchor: str | None
    mapping: bool
    parts: list[Node]


def read(path: str, data: bytes) -> Reading:
    """State every setting of a YAML file, and what its documents mean to the tools whose shape they have."""
    if len(data) > MAX_BYTES:
        return Reading((), (Diagnostic(path, 0, f"YAML file over {MAX_BYTES:,} bytes: not read"),))
    text = decode(data)
    template = helm_templates.render(text) if helm_templates.is_template(path, text) else None
    documents = parse_text(template.text if template else text)
    facts: list[Fact] = list(template.conditionals) if template else []
    for read_node in documents.nodes:
        node = helm_templates.restore(read_node, template.actions) if template else read_node
        facts.extend(settings(node))
        facts.extend(shapes.facts(path, node))
    wrong = (Diagnostic(path, documents.line, f"not read as YAML: {documents.message}"),) if documents.message else ()
    return Reading(tuple(facts), wrong)


def parse(data: bytes) -> Documents:
    """Return the documents of YAML (or JSON) bytes; what follows an error is left out."""
    return parse_text(decode(data))


def parse_text(text: str) -> Documents:
    """Return the documents of YAML (or JSON) text; what follows an error is left out."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    nodes: list[Node] = []
    building = _Building(nodes)
    try:
        for event in yaml.parse(text, Loader=loader):
            building.take(event)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
        return Documents(tuple(nodes), mark.line + 1 if mark else 0, reason or type(error).__name__)
    return Documents(tuple(nodes))


class _Building:
    """Turns events into nodes without recursion."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.stack: list[_Open] = []
        self.anchors: dict[str, Node] = {}

    def take(self, event: Any) -> None:  # noqa: ANN401 - events of either loader
        """Take the next event."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._add(Node(event.start_mark.line + 1, event.value), event.anchor)
        elif kind in {"SequenceStartEvent", "MappingStartEvent"}:
            if len(self.stack) >= MAX_DEPTH:
                message = f"nested deeper than {MAX_DEPTH}"
                raise ValueError(message)
            self.stack.append(_Open(event.start_mark.line + 1, event.anchor, kind == "MappingStartEvent", []))
        elif kind in {"SequenceEndEvent", "MappingEndEvent"}:
            done = self.stack.pop()
            self._add(_collection(done), done.anchor)
        elif kind == "AliasEvent":
            self._add(self.anchors.get(event.anchor, Node(event.start_mark.line + 1, "")), None)
        elif kind == "DocumentStartEvent":
            self.anchors.clear()

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self.anchors[anchor] = node
        if self.stack:
            self.stack[-1].parts.append(node)
        else:
            self.nodes.append(node)


def _collection(done: _Open) -> Node:
    if not done.mapping:
        return Node(done.line, tuple(done.parts))
    pairs: dict[str, Node] = {}
    for key, value in zip(done.parts[::2], done.parts[1::2], strict=True):
        if key.text == "<<":
            for merged in (value, *value.items):
                pairs = {**merged.mapping, **pairs}
        elif isinstance(key.value, str):
            pairs[key.value] = value if isinstance(value.value, str) else Node(key.line, value.value)
    return Node(done.line, pairs)
