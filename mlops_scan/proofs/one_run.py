"""What a unit comes to in one and the same run: of the branches of a choice a run takes only one."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains import Span
from mlops_scan.facts.kinds import Choice, Loop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mlops_scan.assessment import Known
    from mlops_scan.chains import Reached

    Ends = list[list[Reached]]
    Reach = Callable[[frozenset[Span]], Ends]

# so many runs are tried at most: choices within choices multiply
MAX_RUNS = 64


class Clash(NamedTuple):
    """A choice that all of what was come to cannot be reached through, and the steps that lead to it."""

    path: str
    choice: Choice
    before: frozenset[Span]


class Made(NamedTuple):
    """The choices of each file that makes any, and the loops of all files."""

    choices: Mapping[str, Sequence[Choice]]
    loops: Mapping[str, Sequence[Loop]]


def choices(known: Known) -> Made:
    """Return the choices that files make, and the loops that they may be made in."""
    made = {file.path: found for file in known.files if (found := file.of(Choice))}
    return Made(made, {file.path: loops for file in known.files if (loops := file.of(Loop))} if made else {})


def together(reach: Reach, made: Made, without: frozenset[Span] = frozenset(), runs: int = MAX_RUNS) -> Ends:
    """Return what one run comes to of each item, where it comes to all of them; else nothing.

    ``reach`` returns the ends for each item that are come to without some lines. Whoever comes to a choice by several
    ways makes it as often. Of more than ``runs`` ways to choose, none is tried.
    """
    ends = reach(without)
    if not all(ends):
        return []
    clash = next(_clashes(ends, made), None) if ends[1:] else None
    if (
        clash is None
        or len(clash.choice.spans) > runs
        or len(clash.before) > MAX_RUNS
        or any(_passes(reach(without | {step}), clash) for step in clash.before)
    ):
        return ends
    for number in range(len(clash.choice.spans)):
        others = (Span(clash.path, *span) for at, span in enumerate(clash.choice.spans) if at != number)
        if found := together(reach, made, without.union(others), runs // len(clash.choice.spans)):
            return found
    return []


def _clashes(ends: Ends, made: Made) -> Iterator[Clash]:
    """Yield the choices on the way to the ends of which no branch, with what lies outside, comes to all items."""
    ways = [step for item in ends for end in item for step in end.chain if step.path in made.choices]
    for path, line in dict.fromkeys((step.path, step.line) for step in ways):
        for choice in made.choices[path]:
            if _branch(choice, line) is not None and not _holds_all(path, choice, ends):
                before = frozenset(_before(path, choice, ends))
                if not any(_again(step, made.loops.get(step.path, ())) for step in before):
                    yield Clash(path, choice, before)


def _again(step: Span, loops: Sequence[Loop]) -> bool:
    """Tell whether a step stands in one of the loops of its file, which are in order and lie apart."""
    at = bisect.bisect_right(loops, step.first, key=lambda loop: loop.line) - 1
    return at >= 0 and step.first <= loops[at].end


def _holds_all(path: str, choice: Choice, ends: Ends) -> bool:
    taken = [[_taken(path, choice, end) for end in item] for item in ends]
    numbers = {number for item in taken for number in item}
    return any(all(number in item or None in item for item in taken) for number in numbers)


def _taken(path: str, choice: Choice, end: Reached) -> int | None:
    """Return the branch that leads to an end, None where none does."""
    branches = (_branch(choice, step.line) for step in end.chain if step.path == path)
    return next((number for number in branches if number is not None), None)


def _branch(choice: Choice, line: int) -> int | None:
    return next((at for at, (first, last) in enumerate(choice.spans) if first <= line <= last), None)


def _before(path: str, choice: Choice, ends: Ends) -> Iterator[Span]:
    """Yield the steps, after the first, that lead to a choice."""
    for end in (end for item in ends for end in item):
        taken = next((at for at, step in enumerate(end.chain) if _is_at(path, choice, step.path, step.line)), 0)
        yield from (Span(step.path, step.line, step.line, step.what) for step in end.chain[1:taken])


def _is_at(path: str, choice: Choice, at: str, line: int) -> bool:
    return at == path and _branch(choice, line) is not None


def _passes(ends: Iterable[Iterable[Reached]], clash: Clash) -> bool:
    return any(_taken(clash.path, clash.choice, end) is not None for item in ends for end in item)
