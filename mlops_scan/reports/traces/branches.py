"""The chains of a trace as a tree: steps that several chains begin with are told once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.graph import Step
    from mlops_scan.trace import Trigger


class Branch(NamedTuple):
    """A step with what follows it, and the reasons why chains end there."""

    step: Step
    below: dict[Step, Branch]
    ends: list[str]


def tree(trigger: Trigger) -> Branch:
    """Return everything that a trigger starts, from the trigger on, in order of line."""
    root = Branch(trigger.step, {}, [])
    ended = [(end.steps[1:], end.reason) for end in trigger.ends]
    for steps, reason in sorted([*((chain.steps[1:], "") for chain in trigger.chains), *ended], key=_lines):
        branch = _grow(root, steps)
        if reason:
            branch.ends.append(reason)
    return root


def _lines(branch: tuple[tuple[Step, ...], str]) -> list[tuple[str, int]]:
    return [(step.path, step.line) for step in branch[0]]


def _grow(branch: Branch, steps: Iterable[Step]) -> Branch:
    for step in steps:
        branch = branch.below.setdefault(step, Branch(step, {}, []))
    return branch


def links(branch: Branch) -> Iterator[tuple[Step, Step]]:
    """Yield every step with one that follows it, once."""
    waiting = [branch]
    while waiting:
        branch = waiting.pop()
        yield from ((branch.step, step) for step in branch.below)
        waiting.extend(reversed(branch.below.values()))
