"""Chains as a small graph: a box a step, below and to the right of the one before; what chains share is drawn once.

Source of the format: https://www.w3.org/TR/SVG2/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.masks import masked
from mlops_scan.reports.schedules import in_words
from mlops_scan.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.graph import Step

# in units of the drawing; a letter takes no more than its width, whatever the font
WIDTH, BOX, ROW, INDENT, PAD, LETTER = 420, 38, 48, 16, 12, 6.7
# more do not make it clearer, and the lists hold them
MOST, _DEEPEST = 16, 10


class Tree(dict["Step", "Tree"]):
    """The steps that follow a step, each with those that follow it."""


class Box(NamedTuple):
    """A step as it is drawn: its upper left corner, its width, its two lines, and which end of a chain it is.

    ``above`` is the middle of its arrow's start; None for what starts a chain.
    """

    x: int
    y: int
    width: int
    what: str
    place: str
    end: str
    above: tuple[int, int] | None


class Graph(NamedTuple):
    """A drawing: its size, its boxes, how many chains it shows, and how many steps are left out."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    chains: int
    left: int


def drawn(chains: Iterable[tuple[Step, ...]]) -> Graph | None:
    """Return chains as a drawing, or None without any."""
    tree, count = Tree(), 0
    for chain in dict.fromkeys(chains):
        count += 1
        branch = tree
        for step in chain:
            branch = branch.setdefault(step, Tree())
    rows = list(_rows(tree))
    boxes = tuple(_boxes(rows[:MOST]))
    return Graph(WIDTH, len(boxes) * ROW, boxes, count, len(rows) - len(boxes)) if boxes else None


def _rows(tree: Tree) -> Iterator[tuple[int, Step, bool]]:
    """Yield depth, step and whether it is the last of its chain, from the top down."""
    waiting = [(0, step, below) for step, below in reversed(tree.items())]
    while waiting:
        depth, step, below = waiting.pop()
        yield depth, step, not below
        waiting.extend((depth + 1, next_, rest) for next_, rest in reversed(below.items()))


def _boxes(rows: list[tuple[int, Step, bool]]) -> Iterator[Box]:
    above: dict[int, tuple[int, int]] = {}
    for number, (depth, step, last) in enumerate(rows):
        x, y = min(depth, _DEEPEST) * INDENT, number * ROW
        width = WIDTH - x
        most = int((width - 2 * PAD) / LETTER)
        what, where = visible(masked(in_words(step.what)), most), _tail(step, most)
        end = "start" if not depth else "act" if last else "step"
        yield Box(x, y, width, what, where, end, above.get(depth - 1))
        above[depth] = (x + INDENT // 2, y + BOX)


def _tail(step: Step, most: int) -> str:
    """Return a place, cut at its start: the end of a path tells most."""
    whole = visible(f"{step.path}:{step.line}" if step.line else step.path, len(step.path) * 10 + 20)
    return whole if len(whole) <= most else "…" + whole[len(whole) - most + 1 :]
