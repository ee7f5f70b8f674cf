"""A trace for a terminal: a tree a trigger, what happens on the left, where it stands on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlops_scan.reports.schedules import in_words
from mlops_scan.reports.traces.branches import tree
from mlops_scan.reports.visible import place, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.graph import Step
    from mlops_scan.reports.traces.branches import Branch
    from mlops_scan.trace import Trace, Trigger

_COLUMN = 64
_PATH = 60
Row = tuple[str, str]


def render(trace: Trace) -> str:
    """Return the trace, styled; whoever prints it takes colour off where it is not wanted."""
    parts = [list(_part(triggers)) for triggers in _alike(trace.triggers)]
    if not parts:
        parts = [["No trigger starts anything here."]]
    if trace.unreached:
        parts.append(list(_unreached(trace)))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _alike(triggers: tuple[Trigger, ...]) -> Iterable[list[Trigger]]:
    """Put triggers together that start the same."""
    found: dict[object, list[Trigger]] = {}
    for trigger in triggers:
        chains = tuple(chain.steps[1:] for chain in trigger.chains)
        ends = tuple((end.reason, end.steps[1:]) for end in trigger.ends)
        found.setdefault((trigger.step.path, chains, ends), []).append(trigger)
    return found.values()


def _part(triggers: list[Trigger]) -> Iterator[str]:
    for trigger in triggers:
        yield click.style(_line((visible(in_words(trigger.step.what)), _place(trigger.step))), bold=True)
    branch = tree(triggers[0])
    if not branch.below and not branch.ends:
        yield "  starts nothing that is known here"
    yield from (_line(row) for row in _rows(branch))


def _rows(root: Branch) -> Iterator[Row]:
    """Yield what and where of everything below a trigger, with the reasons why chains end."""
    waiting = [(root, 0)]
    while waiting:
        branch, depth = waiting.pop()
        if depth:
            yield "  " * min(depth, 20) + visible(branch.step.what), _place(branch.step)
        yield from (("  " * min(depth + 1, 20) + "! " + visible(reason), "") for reason in branch.ends)
        waiting.extend((below, depth + 1) for below in reversed(branch.below.values()))


def _line(row: Row) -> str:
    what, place = row
    if not place:
        return click.style(_cut(what, _COLUMN + _PATH), fg="yellow")
    return f"{_cut(what, _COLUMN):<{_COLUMN}}  {place}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _place(step: Step) -> str:
    return place(step.path, step.line)


def _unreached(trace: Trace) -> Iterator[str]:
    """Yield, for each kind of act, the first place that no trigger comes to, and how many files hold more."""
    yield click.style("No trigger comes to", underline=True)
    by_act: dict[str, list[Step]] = {}
    for chain in trace.unreached:
        by_act.setdefault(chain.act, []).append(chain.steps[-1])
    for steps in by_act.values():
        more = f"  and in {len(steps) - 1} more files" if len(steps) > 1 else ""
        yield _line(("  " + visible(steps[0].what), _place(steps[0]))) + more
