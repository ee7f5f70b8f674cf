"""Whole processes, measured: wall time, processor time of them and their children, and the largest size."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

TOOLS = Path(sys.executable).parent
RESULTS = Path(__file__).parent / "results.json"
# what one pass looks for: the floor for reading everything once
WORDS = "train|model|deploy|mlflow|register|schedule|predict|pipeline|metric|drift"


class Cost(NamedTuple):
    """Medians in seconds, and the peak in MiB; processor time is the one to compare where others use the machine."""

    wall: float
    processor: float
    mib: int


def cost(command: list[str], runs: int) -> Cost:
    """Run a command some times, on a warm file cache, and return what it costs."""
    found = [_once(command) for _ in range(runs)]
    return Cost(
        round(statistics.median(one.wall for one in found), 3),
        round(statistics.median(one.processor for one in found), 3),
        max(one.mib for one in found),
    )


def _once(command: list[str]) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        print(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}", file=sys.stderr)
        raise SystemExit(1)
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


def tool(*words: str) -> list[str]:
    """Return the command line of mlops-scan as it is in this folder."""
    return [sys.executable, "-m", "mlops_scan", *words]


def ripgrep(path: Path) -> list[str]:
    """Return the command line of one pass over a folder."""
    return [str(TOOLS / "rg"), "--count", "--hidden", "--no-messages", WORDS, str(path)]


def keep(name: str, rows: list[dict[str, Any]]) -> None:
    """Put the rows of a benchmark among the results, which docs/performance.md shows."""
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    known[name] = rows
    RESULTS.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")
