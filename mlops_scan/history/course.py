"""The walk through the commits: those chosen are judged, and between two that differ those that made the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.history.readings import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mlops_scan.assessment import Assessment
    from mlops_scan.history.judging import Judge
    from mlops_scan.history.readings import Key
    from mlops_scan.history.trees import Tree, Trees
    from mlops_scan.sources import Source


class Stop(NamedTuple):
    """A commit that was judged: its number, its files, and what was found."""

    number: int
    tree: Tree
    found: Assessment


class Course(NamedTuple):
    """What is needed on the way; ``past`` tells who had changed what by a commit."""

    trees: Trees
    judge: Judge
    past: Callable[[Source], Mapping[str, frozenset[str]] | None]

    def stops(self, numbers: Sequence[int]) -> Iterator[tuple[Stop | None, Stop]]:
        """Yield the chosen commits, and those between that made a difference, in order.

        Each comes with the one that it is compared with: where something changed, with the commit right before it.
        """
        before: Stop | None = None
        for number in numbers:
            stop = self._at(number, before)
            turns = list(self._turns(before, stop)) if before else []
            yield from ((self._exactly(low), self._exactly(high)) for low, high in turns)
            if not turns or turns[-1][1].number != number:
                yield (turns[-1][1] if turns else before), stop
            before = stop
            self._forget(stop)

    def _at(self, number: int, before: Stop | None) -> Stop:
        at, tree = (before.number, before.tree) if before else (-1, {})
        return self._judged(number, self.trees.after(tree, at, number), exactly=before is None)

    def _exactly(self, stop: Stop) -> Stop:
        """Return a stop with the lines as they are there, and not as in a state like it."""
        return self._judged(stop.number, stop.tree, exactly=True)

    def _judged(self, number: int, tree: Tree, *, exactly: bool) -> Stop:
        source = self.trees.source(tree, number)
        return Stop(number, tree, self.judge.assess(source, lambda: self.past(source), exactly=exactly))

    def _turns(self, low: Stop, high: Stop) -> Iterator[tuple[Stop, Stop]]:
        """Yield the commits after ``low`` and up to ``high`` at which something changed, found by halving."""
        if same(low.found, high.found):
            return
        if high.number - low.number == 1:
            yield low, high
            return
        middle = self._at((low.number + high.number) // 2, low)
        yield from self._turns(low, middle)
        yield from self._turns(middle, high)

    def _forget(self, stop: Stop) -> None:
        """Let go of what is not there any more, but for what comes back."""
        there = frozenset(map(key, stop.tree.values()))
        self.judge.keep(there)
        self.judge.readings.keep(there, lambda one: self._comes_back(one, stop.number))

    def _comes_back(self, one: Key, number: int) -> bool:
        return self.trees.last.get(one, -1) > number


def same(one: Assessment, other: Assessment) -> bool:
    """Tell whether two assessments say the same of level and capabilities."""
    return _said(one) == _said(other)


def _said(found: Assessment) -> tuple[object, ...]:
    return found.kind, found.level, found.complete, [answer.status for answer in found.capabilities]
