"""How many people a repository depends on: counts from its history, and nobody's name.

The bus factor follows Avelino et al., "A novel approach for estimating truck factors" (2016): people are taken
away, who changed most first, until nobody is left for more than half of the files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.assessment import Team
from mlops_scan.proofs import authors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from mlops_scan.assessment import Answer, Known
    from mlops_scan.model import Model


def found(known: Known, judge: Model, answers: Iterable[Answer]) -> Team | None:
    """Return the counts; None where there is no whole history to count from."""
    if known.history is None:
        return None
    pipeline = frozenset(_pipeline(judge, answers))
    changed = {who: paths & pipeline for who, paths in known.history.items()}
    files = frozenset[str]().union(*changed.values())
    return Team(len(known.history), len(authors.both(known)), len(files), bus_factor(changed, files))


def _pipeline(judge: Model, answers: Iterable[Answer]) -> Iterator[str]:
    """Yield the files on the way of what trains and deploys."""
    named = {capability.id for capability in judge.capability if capability.pipeline}
    for answer in answers:
        if answer.id in named:
            for proven in answer.evidence:
                if proven.strength == "strong" and not proven.disputed:
                    yield proven.path
                    yield from (step.path for step in proven.chain)


def bus_factor(changed: Mapping[str, frozenset[str]], files: Collection[str]) -> int:
    """Return how many people must leave until more than half of the files have nobody who changed them; 0 of none."""
    left = sorted(changed.values(), key=lambda paths: (len(paths), sorted(paths)))
    whole, gone = len(files), 0
    while left and 2 * len(frozenset[str]().union(*left)) >= whole > 0:
        left.pop()
        gone += 1
    return gone
