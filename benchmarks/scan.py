"""How long a scan takes, as a ratio to one ripgrep pass over the same tree: `python benchmarks/scan.py PATH…`.

Both read every file once; the ratio says what understanding costs over reading, and holds on any machine. Each is run
`RUNS` times as a whole process on a warm file cache, alternating, and the best time of each counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

RUNS = 5
WORDS = "train|model|deploy|mlflow|register|schedule|predict|pipeline|metric|drift"


def best(command: list[str]) -> tuple[float, int]:
    """Return the shortest wall time in seconds and the largest resident size in MiB of a command."""
    times, peak = [], 0
    for _ in range(RUNS):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        times.append(time.perf_counter() - start)
        peak = max(peak, usage.ru_maxrss // 1024)
    return min(times), peak


def main(paths: list[str]) -> None:
    """Print a line for each tree."""
    tools = Path(sys.executable).parent
    version, _ = best([str(tools / "mlops-scan"), "--version"])
    print(f"--version {version:.3f} s")
    print(f"{'tree':<40}{'files':>7}{'scan s':>9}{'MiB':>6}{'rg s':>8}{'ratio':>7}")
    for path in paths:
        files = sum(len(names) for _, _, names in os.walk(path))
        scan, peak = best([str(tools / "mlops-scan"), "scan", path, "--format", "json"])
        floor, _ = best([str(tools / "rg"), "--count", "--hidden", "--no-messages", WORDS, path])
        print(f"{Path(path).name[-38:]:<40}{files:>7}{scan:>9.3f}{peak:>6}{floor:>8.3f}{scan / floor:>7.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
