"""How a scan grows with the number of files, against one ripgrep pass: `python benchmarks/growth.py [FILES…]`.

Trees of 500 to 50,000 files are made from a seed. The ratio is of processor time, which holds on a busy machine too.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import inputs
import measure

SIZES = (500, 5_000, 20_000, 50_000)
RUNS = 3
# larger trees take long enough for one run to tell
_SMALL = 1_000


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print a line for each size, and keep them."""
    rows = []
    print(f"{'files':>7}{'wall s':>9}{'cpu s':>9}{'MiB':>6}{'rg cpu s':>10}{'ratio':>7}{'ms a file':>11}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            inputs.tree(Path(folder), size)
            scan = measure.cost(
                measure.tool("scan", folder, "--no-cache", "--format", "json"), RUNS if size <= _SMALL else 1
            )
            floor = measure.cost(measure.ripgrep(Path(folder)), RUNS)
        ratio, each = scan.processor / floor.processor, scan.processor / size * 1000
        row = {"files": size, **scan._asdict(), "rg": floor.processor, "ratio": round(ratio, 1), "ms": round(each, 2)}
        rows.append(row)
        print(
            f"{size:>7}{scan.wall:>9.2f}{scan.processor:>9.2f}{scan.mib:>6}{floor.processor:>10.3f}{ratio:>7.1f}{each:>11.2f}",
            flush=True,
        )
    measure.keep("growth", rows)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
