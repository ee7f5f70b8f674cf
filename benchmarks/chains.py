"""What linking adds to a scan, and how it grows: `python benchmarks/chains.py`.

Trees of 500, 5,000 and 20,000 files are made, each a repository of small services with a workflow, makefile and
modules that call each other. The share is the time of linking over the whole scan, in one run; the time a fact says
whether linking stays linear.
"""

from __future__ import annotations

import gc
import tempfile
import time
from pathlib import Path

from mlops_scan import chains, modules, scan

SIZES = (500, 5_000, 20_000)
RUNS = 3
WORKFLOW = """\
on:
  schedule:
    - cron: "0 3 * * 1"
jobs:
  run:
    runs-on: ubuntu-latest
    steps:
      - run: make -C service{number} train
"""
MAKEFILE = "train: prepare\n\tpython service{number}/train.py\n\nprepare:\n\tpython service{number}/prepare.py\n"
TRAIN = """\
import pandas as pd
from sklearn.linear_model import LogisticRegression

from service{number}.part0 import work


def main():
    frame = work(pd.read_csv("data.csv"))
    LogisticRegression().fit(frame, frame["y"])


main()
"""
PART = """\
from service{number}.part{next} import work as further


def work(frame):
    cleaned = frame.dropna()
    return further(cleaned)


def other(frame):
    return work(frame).assign(x=1)
"""
PARTS = 16


def tree(root: Path, size: int) -> None:
    """Write a repository of about ``size`` files."""
    (root / ".github/workflows").mkdir(parents=True)
    for number in range(size // (PARTS + 4)):
        folder = root / f"service{number}"
        folder.mkdir()
        (root / f".github/workflows/service{number}.yml").write_text(WORKFLOW.format(number=number))
        (folder / "Makefile").write_text(MAKEFILE.format(number=number))
        (folder / "train.py").write_text(TRAIN.format(number=number))
        (folder / "prepare.py").write_text('import pandas as pd\n\npd.read_csv("raw.csv").to_csv("data.csv")\n')
        for part in range(PARTS):
            (folder / f"part{part}.py").write_text(PART.format(number=number, next=(part + 1) % PARTS))


def measured(path: str) -> tuple[float, float, int, int]:
    """Return the best time in seconds of a whole scan and of linking, with the number of files and facts."""
    whole, linking = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        scan.assess(path)
        whole.append(time.perf_counter() - start)
        found = scan.examine(path)
        index = modules.index(file.path for file in found.files)
        gc.disable()
        start = time.perf_counter()
        chains.build(found.files, found.evidence, index)
        linking.append(time.perf_counter() - start)
        gc.enable()
    return min(whole), min(linking), len(found.files), sum(len(file.facts) for file in found.files)


def main() -> None:
    """Print a line for each size."""
    print(f"{'files':>7}{'facts':>9}{'scan s':>9}{'links s':>9}{'share':>7}{'µs a fact':>11}")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            tree(Path(folder), size)
            whole, linking, files, facts = measured(folder)
            share = linking / (whole - linking)
            print(f"{files:>7}{facts:>9}{whole:>9.2f}{linking:>9.3f}{share:>7.0%}{linking / facts * 1e6:>11.2f}")


if __name__ == "__main__":
    main()
