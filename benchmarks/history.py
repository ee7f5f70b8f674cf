"""What a history costs, in scans of its head: `python benchmarks/history.py [FILES COMMITS]`, from this checkout.

A repository of 700 files and 1,000 commits is made from a seed. All is cold (`--no-cache`) but the last line, which
runs again over what the one before it kept. The ratio is of processor time, which holds on a busy machine too.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import inputs
import measure

RUNS = 3


def main(size: int = 700, commits: int = 1000) -> None:
    """Print a line for each way, and keep them."""
    with tempfile.TemporaryDirectory() as folder:
        root = str(Path(folder, "repo.git"))
        inputs.repository(Path(root), size, commits)
        kept = ("--cache-dir", str(Path(folder, "kept")))
        asked = {
            "scan": measure.tool("scan", root, "--no-cache", "--format", "json"),
            "history a month": measure.tool("history", root, "--no-cache", "--format", "json"),
            "history a week": measure.tool("history", root, "--every", "week", "--no-cache", "--format", "json"),
            "history a month, kept": measure.tool("history", root, *kept, "--format", "json"),
            "history a month, again": measure.tool("history", root, *kept, "--format", "json"),
        }
        rows = []
        print(f"{size} files, {commits} commits\n{'':<24}{'wall s':>9}{'cpu s':>9}{'MiB':>6}{'scans':>8}")
        for what, command in asked.items():
            found = measure.cost(command, RUNS if what == "scan" else 1)
            ratio = found.processor / (rows[0]["processor"] if rows else found.processor)
            rows.append({"what": what, "files": size, "commits": commits, **found._asdict(), "scans": round(ratio, 1)})
            print(f"{what:<24}{found.wall:>9.2f}{found.processor:>9.2f}{found.mib:>6}{ratio:>8.1f}", flush=True)
    measure.keep("history", rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
