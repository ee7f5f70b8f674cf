"""Repositories to measure with, made the same each time from a seed: no network, nothing to fetch."""

from __future__ import annotations

import random
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEED = 7
START = 1_600_000_000
DAY = 86_400
# of 100 files: what a repository of some size is made of
SHARES = (("product", 38), ("test", 14), ("docs", 24), ("data", 12), ("config", 12))
# of 100 commits: what they change
EDITS = (("product", 52), ("test", 16), ("docs", 22), ("config", 7), ("workflow", 3))
FUNCTION = '''

def step_{number}(frame, rate={rate}):
    """Work on a part of the frame."""
    cleaned = frame.dropna().assign(part={number})
    if cleaned.empty:
        raise ValueError("nothing is left")
    scaled = np.log1p(cleaned["value"].to_numpy()) * rate
    logger.info("step %s of %s rows", {number}, len(scaled))
    return helpers.merge(cleaned, scaled, how="left")
'''
HEAD = """\
import logging

import numpy as np
import pandas as pd

from app.part{part} import helpers

logger = logging.getLogger(__name__)
"""
TRAIN = """\
import mlflow
import pandas as pd
from sklearn.linear_model import LogisticRegression

frame = pd.read_csv("data.csv")
with mlflow.start_run():
    model = LogisticRegression().fit(frame, frame["y"])
    mlflow.log_metric("rows", len(frame))
"""
WORKFLOW = """\
on: [push]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: pip install -r requirements.txt
      - run: pytest -q  # {number}
"""


class Made:
    """The files of a repository as they come to be, by path."""

    def __init__(self, size: int) -> None:
        """Begin with ``size`` files."""
        self.random = random.Random(SEED)  # noqa: S311 - the same files each time
        self.parts = max(size // 60, 1)
        self.paths: dict[str, list[str]] = {kind: [] for kind, _ in SHARES}
        self.files = {"train.py": TRAIN, "requirements.txt": "mlflow==2.9.0\npandas\nscikit-learn\n"}
        for part in range(self.parts):
            self.files[f"app/part{part}/helpers.py"] = (
                "def merge(frame, values, how):\n    return frame.join(values, how=how)\n"
            )
        for kind, share in SHARES:
            for number in range(size * share // 100):
                self.add(kind, number)

    def add(self, kind: str, number: int) -> str:
        """Add a file of a kind; return its path."""
        part = number % self.parts
        path = {
            "product": f"app/part{part}/module{number}.py",
            "test": f"tests/part{part}/test_module{number}.py",
            "docs": f"docs/page{number}.md",
            "data": f"data/set{number}.csv",
            "config": f"conf/part{part}/settings{number}.yaml",
        }[kind]
        self.paths[kind].append(path)
        self.files[path] = self.text(kind, part)
        return path

    def text(self, kind: str, part: int) -> str:
        """Return what a file of a kind says at first."""
        count = self.random.randint(3, 14)
        if kind == "product":
            return HEAD.format(part=part) + "".join(self.function() for _ in range(count))
        if kind == "test":
            asked = "".join(
                f"\n\ndef test_{number}():\n    assert helpers.merge({number}, [1], 'left')\n"
                for number in range(count)
            )
            return f"from app.part{part} import helpers\n{asked}"
        if kind == "config":
            return "".join(f"key{number}:\n  rate: {self.random.random():.3f}\n" for number in range(count))
        return "".join(f"line {self.random.random()}\n" for _ in range(count * 5))

    def function(self) -> str:
        """Return a function like no other."""
        return FUNCTION.format(number=self.random.randint(0, 10**6), rate=f"{self.random.random():.3f}")

    def edit(self, number: int) -> Iterator[str]:
        """Change what one commit changes; yield the paths."""
        kind = self.random.choices([kind for kind, _ in EDITS], [share for _, share in EDITS])[0]
        if kind == "workflow":
            self.files[".github/workflows/ci.yml"] = WORKFLOW.format(number=number)
            yield ".github/workflows/ci.yml"
            return
        for _ in range(self.random.randint(1, 5)):
            path = self.random.choice(self.paths[kind])
            self.files[path] += self.function() if kind == "product" else f"# {number}\n"
            yield path
        if self.random.random() < 0.1:  # noqa: PLR2004 - a tenth of commits bring a file
            yield self.add(kind, 10_000 + number)


def tree(root: Path, size: int) -> None:
    """Write a folder of about ``size`` files."""
    for path, text in Made(size).files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def repository(root: Path, size: int, commits: int) -> None:
    """Make a bare repository that begins with about ``size`` files and changes them ``commits`` times."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(root)], check=True)
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=root, stdin=subprocess.PIPE) as importer:
        stream = importer.stdin
        if stream is not None:
            for part in _commits(Made(size), commits):
                stream.write(part)
            stream.close()
    if importer.returncode:
        raise SystemExit(importer.returncode)


def _commits(made: Made, count: int) -> Iterator[bytes]:
    """Yield a stream as git-fast-import(1) reads it: five commits a week, by three people."""
    for number in range(count):
        paths = sorted(made.files) if number == 0 else dict.fromkeys(made.edit(number))
        who = f"person{number % 3} <person{number % 3}@example.org> {START + number * DAY * 7 // 5} +0000"
        yield f"commit refs/heads/main\ncommitter {who}\ndata 6\nchange\n".encode()
        for path in paths:
            data = made.files[path].encode()
            yield f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"
        yield b"\n"
