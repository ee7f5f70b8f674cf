"""YAML as nodes that know where they stand in the text, so that text can be inserted and all else keep its bytes.

Built from events without recursion, as `mlops_scan.facts.yaml_documents` does and for its reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mlops_scan.facts.yaml_documents import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator


class Spot(NamedTuple):
    """A node: ``start`` and ``end`` are offsets in the text, ``end`` that of its last character, plus one.

    ``value`` is a scalar's text (``*name`` for an alias), None for collections; ``parts`` are the items of a sequence,
    or the keys and values of a mapping in turn. ``flow`` tells brackets from indentation.
    """

    start: int
    end: int
    value: str | None
    parts: tuple[Spot, ...] = ()
    mapping: bool = False
    flow: bool = False

    @property
    def items(self) -> tuple[Spot, ...]:
        """The items of a sequence; nothing of anything else."""
        return () if self.mapping else self.parts

    @property
    def sequence(self) -> bool:
        """Whether it is a sequence."""
        return self.value is None and not self.mapping

    def get(self, key: str) -> Spot | None:
        """Return the value of a key of a mapping, or None."""
        return next((value for name, value in self.pairs() if name.value == key), None)

    def pairs(self) -> Iterator[tuple[Spot, Spot]]:
        """Yield keys and values of a mapping; nothing of anything else."""
        yield from zip(self.parts[::2], self.parts[1::2], strict=True) if self.mapping else ()


def meaning(spot: Spot) -> object:
    """Return what a node says, wherever it stands: text, a list of items, or a tuple of the pairs of a mapping."""
    if spot.value is not None:
        return spot.value
    if spot.mapping:
        return tuple((meaning(key), meaning(value)) for key, value in spot.pairs())
    return [meaning(item) for item in spot.items]


def documents(text: str) -> tuple[Spot, ...]:
    """Return the documents of a YAML text without a byte order mark.

    Raises ``ValueError`` with a line of reason for what is not YAML, or is nested too deeply.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    stack: list[tuple[Any, list[Spot]]] = [(None, [])]
    try:
        for event in yaml.parse(text, Loader=loader):
            _take(event, stack, text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = f"line {mark.line + 1}: {getattr(error, 'problem', error)}" if mark else str(error).split("\n", 1)[0]
        raise ValueError(message) from error
    return tuple(stack[0][1])


def _take(event: Any, stack: list[tuple[Any, list[Spot]]], text: str) -> None:  # noqa: ANN401 - events of either loader
    kind = type(event).__name__
    if kind == "ScalarEvent":
        stack[-1][1].append(Spot(event.start_mark.index, _last(text, event), event.value))
    elif kind == "AliasEvent":
        stack[-1][1].append(Spot(event.start_mark.index, _last(text, event), f"*{event.anchor}"))
    elif kind in {"SequenceStartEvent", "MappingStartEvent"}:
        if len(stack) > MAX_DEPTH:
            message = f"line {event.start_mark.line + 1}: nested deeper than {MAX_DEPTH}"
            raise ValueError(message)
        stack.append((event, []))
    elif kind in {"SequenceEndEvent", "MappingEndEvent"}:
        begun, parts = stack.pop()
        stack[-1][1].append(_collection(begun, event, tuple(parts)))


def _collection(begun: Any, ended: Any, parts: tuple[Spot, ...]) -> Spot:  # noqa: ANN401 - events of either loader
    """Return a collection; one of indentation ends with its last part, where its event comes after comments."""
    flow = bool(begun.flow_style)
    end = ended.end_mark.index if flow else max((part.end for part in parts), default=begun.end_mark.index)
    mapping = type(begun).__name__ == "MappingStartEvent"
    return Spot(begun.start_mark.index, end, None, parts, mapping, flow)


def _last(text: str, event: Any) -> int:  # noqa: ANN401 - events of either loader
    """Return the end of a scalar; the event of a block scalar ends where the next token begins."""
    start: int = event.start_mark.index
    end: int = event.end_mark.index
    return start + len(text[start:end].rstrip())
