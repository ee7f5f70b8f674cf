"""Two assessments to what changed between them: capabilities gained and lost, and by which lines."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan import sources
from mlops_scan.assessment import Origin, Proven
from mlops_scan.facts.text import decode
from mlops_scan.model import default_ladder
from mlops_scan.sources.refs import is_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mlops_scan.assessment import Answer
    from mlops_scan.ladder import Ladder
    from mlops_scan.scan import Judged
    from mlops_scan.sources import Source

MOST_LINES = 5
_SHORT = 12


class Side(msgspec.Struct, frozen=True):
    """One of the two: ``label`` is what it was called (``main``, ``index``, ``worktree``)."""

    label: str
    source: Origin
    kind: str
    level: int | None
    level_name: str


class Line(msgspec.Struct, frozen=True):
    """A line that only one side has: ``change`` is removed or added, or, of a whole file, gone or new.

    ``path`` and ``line`` are those of the side that has it; ``what`` says what it did, empty where that is not known.
    """

    change: str
    path: str
    line: int
    what: str = ""


class Change(msgspec.Struct, frozen=True):
    """A capability gained or lost: its status ``before`` and ``after``, the evidence of the side that has it.

    ``lines`` are those on the way of the evidence that the other side lacks; where it lacks none of them, lines that it
    has besides, in the same files.
    """

    id: str
    level: int
    required: bool
    before: str
    after: str
    evidence: tuple[Proven, ...]
    lines: tuple[Line, ...]


class Named(msgspec.Struct, frozen=True):
    """The maturity model that both sides were judged by; its capabilities belong to a ``part``, level or section."""

    id: str
    name: str
    part: str


def named(ladder: Ladder) -> Named:
    """Return what a difference says of its model."""
    return Named(ladder.id, ladder.name, "section" if ladder.section else "level")


class Difference(msgspec.Struct, frozen=True):
    """What changed from ``base`` to ``head``."""

    base: Side
    head: Side
    lost: tuple[Change, ...]
    gained: tuple[Change, ...]
    model: Named = msgspec.field(default_factory=lambda: named(default_ladder()))

    @property
    def worse(self) -> bool:
        """Tell whether a capability or a level was lost."""
        return bool(self.lost) or _rank(self.head) < _rank(self.base)


def _rank(side: Side) -> int:
    return -1 if side.level is None else side.level


class _View(NamedTuple):
    """A change seen from the side that has a capability: its texts, the other's, and words for what only one has."""

    here: Mapping[str, Counter[str]]
    lines: Mapping[str, tuple[str, ...]]
    there: Mapping[str, Counter[str]]
    other_lines: Mapping[str, tuple[str, ...]]
    line: str
    file: str
    besides: str


def between(base: Judged, head: Judged, labels: tuple[str, str]) -> Difference:
    """Return what changed from one assessment to the other, which are called by ``labels``."""
    pairs = list(zip(base.assessment.capabilities, head.assessment.capabilities, strict=True))
    lost = [pair for pair in pairs if pair[0].holds and not pair[1].holds]
    gained = [pair for pair in pairs if pair[1].holds and not pair[0].holds]
    touched = {path for pair in lost for path, _, _ in _places(pair[0])}
    touched.update(path for pair in gained for path, _, _ in _places(pair[1]))
    old, new = _texts(base.source, touched), _texts(head.source, touched)
    old_lines, new_lines = _counted(old), _counted(new)
    removed = _View(old_lines, old, new_lines, new, "removed", "gone", "added")
    added = _View(new_lines, new, old_lines, old, "added", "new", "removed")
    return Difference(
        base=_side(base, labels[0]),
        head=_side(head, labels[1]),
        lost=tuple(_change(pair, pair[0], removed) for pair in lost),
        gained=tuple(_change(pair, pair[1], added) for pair in gained),
        model=named(head.assessment.model),
    )


def _side(judged: Judged, label: str) -> Side:
    found = judged.assessment
    return Side(label[:_SHORT] if is_id(label) else label, found.source, found.kind, found.level, found.level_name)


def _change(pair: tuple[Answer, Answer], holder: Answer, view: _View) -> Change:
    before, after = pair
    return Change(
        id=holder.id,
        level=holder.level,
        required=holder.required,
        before=before.status,
        after=after.status,
        evidence=_counting(holder),
        lines=tuple(islice(_once(_lines(holder, view)), MOST_LINES)),
    )


def _counting(answer: Answer) -> tuple[Proven, ...]:
    return tuple(found for found in answer.evidence if found.strength == "strong" and not found.disputed)


def _places(answer: Answer) -> Iterator[tuple[str, int, str]]:
    """Yield every place on the way of what proves a capability, and what stands there; the line is 0 for a file."""
    for found in _counting(answer):
        yield from ((step.path, step.line, step.what) for step in found.chain)
        yield found.path, found.line, found.summary


def _texts(source: Source, paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the lines of files, without the space around them; a file that is not there is left out."""
    wanted = set(paths)
    found = sources.read_all(source, (file for file in source.files if file.path in wanted))
    return {
        file.path: tuple(line.strip() for line in decode(data).split("\n"))
        for file, data in found
        if isinstance(data, bytes)
    }


def _counted(texts: Mapping[str, tuple[str, ...]]) -> dict[str, Counter[str]]:
    return {path: Counter(lines) for path, lines in texts.items()}


def _lines(holder: Answer, view: _View) -> Iterator[Line]:
    """Yield the places of a capability that the other side lacks, else what the other side has besides."""
    missing = list(_missing(holder, view))
    yield from missing or _besides(holder, view)


def _once(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield every place once, with what was said of it first."""
    seen = set()
    for line in lines:
        if (line.path, line.line) not in seen:
            seen.add((line.path, line.line))
            yield line


def _missing(holder: Answer, view: _View) -> Iterator[Line]:
    for path, line, what in _places(holder):
        if path not in view.there:
            yield Line(view.file, path, 0, what)
        elif line:
            text = view.lines.get(path, ())[line - 1 : line]
            if text and view.there[path][text[0]] < view.here[path][text[0]]:
                yield Line(view.line, path, line, what)


def _besides(holder: Answer, view: _View) -> Iterator[Line]:
    for path in dict.fromkeys(path for path, _, _ in _places(holder)):
        for number, text in enumerate(view.other_lines.get(path, ()), 1):
            if text and view.there[path][text] > view.here.get(path, Counter())[text]:
                yield Line(view.besides, path, number)
