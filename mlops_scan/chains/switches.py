"""What programs do only where they are given an option, or only where they are not, by how the repository runs them.

A program that nothing runs, or that more than commands run, is a person's or a caller's to give options to.
"""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Switch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from mlops_scan.chains.graph import Builder
    from mlops_scan.evidence import FileFacts

# what only the run knows of a command line
_OPEN = ("$", "{{", "{}", "…", "<<", "@")


def settle(builder: Builder, files: Iterable[FileFacts]) -> None:
    """Take out what happens in none of the runs of a program."""
    files = tuple(files)
    stated = {file.path: found for file in files if file.path in builder.runs and (found := file.of(Switch))}
    if not stated:
        return
    tests = frozenset(file.path for file in files if file.role == "test")
    for path in frozenset(_called(builder, stated.keys(), tests)):
        del stated[path]
    runs = {path: tuple(itertools.chain(*builder.runs[path].values())) for path in stated}
    idle = {path: _lines(_idle(found, runs[path])) for path, found in stated.items()}
    for node in [node for node in builder.acts if idle.get(node.path)]:
        builder.acts[node] = [found for found in builder.acts[node] if found.line not in idle[node.path]]
    for node in [node for node in builder.edges if idle.get(node.path)]:
        kept = [e for e in builder.edges[node] if e.step.path != node.path or e.step.line not in idle[node.path]]
        builder.edges[node] = kept


def _called(builder: Builder, paths: Collection[str], tests: Collection[str]) -> Iterator[str]:
    """Yield the programs that something else than a command comes to, tests aside."""
    for source, edges in builder.edges.items():
        for edge in edges if source.path not in tests else ():
            path = edge.target.path
            if path in paths and source.path != path and (source, edge.step.line) not in builder.runs[path]:
                yield path


def _lines(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return the lines of ranges, of which many may overlap."""
    lines: set[int] = set()
    reached = 0
    for first, last in sorted(ranges):
        lines.update(range(max(first, reached + 1), last + 1))
        reached = max(reached, last)
    return frozenset(lines)


def _idle(switches: Sequence[Switch], runs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last lines of what no run comes to."""
    given = [frozenset(word.partition("=")[0] for word in run.split(" ")) for run in runs]
    anywhere = frozenset[str]().union(*given)
    unknown = any(mark in run for run in runs for mark in _OPEN)
    always = functools.cache(lambda options: all(not words.isdisjoint(options) for words in given))
    for switch in switches:
        if not unknown and anywhere.isdisjoint(switch.options) if switch.given else always(switch.options):
            yield switch.line, switch.end
