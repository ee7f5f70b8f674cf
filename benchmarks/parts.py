"""Where the time of a cold scan goes: `python benchmarks/parts.py PATH…`, in shares of the processor's time.

All is read in this process, so that what a reader costs is seen; what Python's own parser takes of that is measured
apart. The least of `RUNS` runs counts for each part.
"""

from __future__ import annotations

import ast
import collections
import contextlib
import sys
import time
import warnings
from typing import TYPE_CHECKING

from mlops_scan import catalogue, chains, contents, facts, maturity, modules, reading, recall, scan, sources
from mlops_scan.assessment import by_role, origin
from mlops_scan.evidence import recognise

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    _T = TypeVar("_T")

RUNS = 3
# what takes less is not worth a line
_LEAST = 0.005


class Clock:
    """Processor seconds by part."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.parts: collections.Counter[str] = collections.Counter()

    def of(self, part: str, work: Callable[[], _T]) -> _T:
        """Do some work, and count what it took."""
        began = time.process_time()
        done = work()
        self.parts[part] += time.process_time() - began
        return done


def once(path: str) -> collections.Counter[str]:
    """Return what each part of one scan took."""
    recall.forget()
    catalogue.read_folder.cache_clear()
    clock = Clock()
    read = facts.read
    facts.read = lambda name, data: clock.of(f"read {name.rpartition('.')[2]}", lambda: read(name, data))
    try:
        tools = clock.of("tool files", lambda: scan.tools_of(scan.DEFAULT))
        options = scan.Options(catalogue=tools, jobs=1)
        source = clock.of("list", lambda: scan.looked(path, options))
        found = contents.read(source, {}, None, None, 1)
    finally:
        facts.read = read
    index = modules.index(file.path for file in found.files)
    evidence = clock.of("recognise", lambda: recognise(tools, found.files, index))
    graph = clock.of("link", lambda: chains.build(found.files, evidence, index))
    history = clock.of("history", lambda: sources.history(source))
    known = scan.known_of(tools, found.files, evidence, graph, history, options.claims)
    where = origin(found.source, by_role(found.source))
    clock.of("judge", lambda: maturity.assess(known, where, found.diagnostics, 0))
    return clock.parts


def parser(path: str) -> float:
    """Return the processor seconds that Python's own parser takes for the Python files that a scan reads."""
    source = sources.with_roles(scan.looked(path, scan.DEFAULT))
    wanted = [file for file in source.files if contents.opens(file) and file.path.endswith(".py")]
    code = [data for _, data in sources.read_all(source, wanted) if isinstance(data, bytes)]
    began = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in code:
            with contextlib.suppress(SyntaxError, ValueError):
                ast.parse(text)
    return time.process_time() - began


def main(paths: list[str]) -> None:
    """Print a line for each part of each scan."""
    reading.ALONE = sys.maxsize
    facts.readers()
    for path in paths:
        with scan.collector_paused():
            runs = [once(path) for _ in range(RUNS)]
            parts = {part: min(run[part] for run in runs) for part in runs[0]}
            parsing = min(parser(path) for _ in range(RUNS))
        total = sum(parts.values())
        print(f"{path}: {total:.2f} s of the processor")
        for part, spent in sorted(parts.items(), key=lambda item: -item[1]):
            if spent / total > _LEAST:
                print(f"{spent / total:>7.1%}  {part}")
        print(f"{parsing / total:>7.1%}  of which Python's own parser")


if __name__ == "__main__":
    main(sys.argv[1:])
