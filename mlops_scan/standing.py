"""Capabilities that hold -> the level of a model that they reach, and what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.assessment import Gap, Reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.ladder import Ladder, Section
    from mlops_scan.model import Model


def level_of(model: Model, present: frozenset[str]) -> tuple[int, bool]:
    """Return the level that the present capabilities reach, and whether it is complete.

    A level is reached with the ladder's share of its required items while every level below is reached. In a model
    with sections the lowest decides, and it is complete where nothing that a repository can show is open.
    """
    if model.ladder.section:
        return _by_sections(model.ladder, present)
    return _by_levels(model.ladder, present)


def _by_levels(ladder: Ladder, present: frozenset[str]) -> tuple[int, bool]:
    counts = [_count(step.required, present) for step in ladder.level]
    level = _climbed(counts, ladder)
    have, need = counts[level]
    return level, have == need


def _count(required: Iterable[tuple[str, ...]], present: frozenset[str]) -> tuple[int, int]:
    """Return how many required items are present, and how many there are."""
    met = [bool(present.intersection(item)) for item in required]
    return sum(met), len(met)


def _climbed(counts: list[tuple[int, int]], ladder: Ladder) -> int:
    """Return the number of the highest step that is reached, of steps given by what is present and needed."""
    part, whole = ladder.share
    step, top = 0, len(counts) - 1
    while step < top and whole * counts[step + 1][0] >= part * counts[step + 1][1]:
        step += 1
    beyond = counts[step + 2 : step + 3]
    return step + 1 if ladder.leaps and beyond and beyond[0][0] == beyond[0][1] else step


def dimensions(model: Model, present: frozenset[str]) -> tuple[Reached, ...]:
    """Return what each dimension reaches alone, on a ladder of the levels that ask something of it."""
    if model.ladder.section:
        return ()
    return tuple(_alone(model, dimension.id, present) for dimension in model.dimension)


def _alone(model: Model, dimension: str, present: frozenset[str]) -> Reached:
    own = {capability.id for capability in model.capability if capability.dimension == dimension}
    asked = {step.number: [item for item in step.required if own.issuperset(item)] for step in model.level}
    asking = tuple(number for number, items in asked.items() if items)
    counts = [(0, 0), *(_count(asked[number], present) for number in asking)]
    return Reached(dimension, (0, *asking)[_climbed(counts, model.ladder)], asking)


def _by_sections(ladder: Ladder, present: frozenset[str]) -> tuple[int, bool]:
    deciding = _deciding(ladder)
    points = min(section.points(present) for section in deciding)
    level = 0
    while level < ladder.top and points > ladder.level[level + 1].above:
        level += 1
    return level, all(section.points(present) == len(section.shown()) for section in deciding)


def _deciding(ladder: Ladder) -> list[Section]:
    return [section for section in ladder.section if section.shown()]


def gaps(model: Model, up_to: int, present: frozenset[str]) -> tuple[Gap, ...]:
    """Return what is still open: required items of the levels up to one that are absent."""
    ladder = model.ladder
    advice = {capability.id: capability.next for capability in model.capability}
    open_ = _open_in_sections(ladder, up_to, present) if ladder.section else _open(ladder, up_to, present)
    return tuple(Gap(number, item, advice[item[0]]) for number, item in dict.fromkeys(open_))


def _open(ladder: Ladder, up_to: int, present: frozenset[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for step in ladder.level:
        if step.number <= up_to:
            yield from ((step.number, item) for item in step.required if not present.intersection(item))


def _open_in_sections(ladder: Ladder, up_to: int, present: frozenset[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield what would earn points in the sections that have too few of them for a level.

    Where one point is enough, and one capability earns it, any of those will do.
    """
    aim = min(up_to, ladder.top)
    for section in _deciding(ladder):
        lacking = ladder.level[aim].above + 1 - section.points(present)
        if lacking > 0:
            missing = [[name for name in item.all if name not in present] for item in section.shown()]
            single = tuple(dict.fromkeys(names[0] for names in missing if len(names) == 1))
            each = dict.fromkeys(name for names in missing for name in names)
            yield from [(aim, single)] if lacking == 1 and single else ((aim, (name,)) for name in each)
