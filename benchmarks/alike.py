"""That it makes no difference how a repository is read: `python benchmarks/alike.py REPOSITORY…`.

Each, a git directory or a clone, is scanned at HEAD in every way that could find something else: with one process and
with two, without a cache, into an empty one and out of a full one, from the commit and from a work tree. What all say
must be the same but for where it was read.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import measure


def said(*words: str) -> dict[str, Any]:
    """Return the JSON report of a scan, but for where it looked."""
    done = subprocess.run(measure.tool("scan", *words, "--format", "json"), check=True, capture_output=True)
    report: dict[str, Any] = json.loads(done.stdout)
    del report["source"]
    return report


def ways(repository: str, folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the words of a scan in every way, the plainest first; no work tree where the clone lacks objects."""
    tree, kept = folder / "tree", str(folder / "kept")
    cloned = subprocess.run(
        ["git", "clone", "--quiet", "--no-hardlinks", repository, str(tree)], check=False, stderr=subprocess.DEVNULL
    )
    commit = (repository, "--rev", "HEAD")
    committed = {
        "one process": (*commit, "--no-cache", "--jobs", "1"),
        "two processes": (*commit, "--no-cache", "--jobs", "2"),
        "an empty cache": (*commit, "--cache-dir", kept),
        "a full cache": (*commit, "--cache-dir", kept),
    }
    if cloned.returncode:
        return committed
    return committed | {
        "a work tree": (str(tree), "--no-cache"),
        "a work tree, facts kept": (str(tree), "--cache-dir", kept),
        "a work tree, all kept": (str(tree), "--cache-dir", kept),
    }


def main(repositories: list[str]) -> int:
    """Print a line for each repository, with the ways that differ; return how many have any."""
    differing = 0
    for repository in repositories:
        with tempfile.TemporaryDirectory() as folder:
            found = {way: said(*words) for way, words in ways(repository, Path(folder)).items()}
        plain = found["one process"]
        others = [way for way, report in found.items() if report != plain]
        differing += bool(others)
        print(f"{repository}: {'differs: ' + ', '.join(others) if others else f'{len(found)} ways, alike'}", flush=True)
    return differing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
