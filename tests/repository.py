"""A small repository of level 1, with the little git that tests of the commands need."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from mlops_scan.scan import assess

if TYPE_CHECKING:
    from pathlib import Path

TEST = "tests/test_features.py"
TESTED = "Holds a test with an assertion of its own."  # what is proven there, as reports say it
WORKFLOW = ".github/workflows/ci.yml"
FILES = {
    "churn/train.py": "from sklearn.svm import SVC\n\n\ndef train(x, y):\n    return SVC().fit(x, y)\n",
    "churn/features.py": "def fill(values):\n    return [value or 0 for value in values]\n",
    TEST: "from churn.features import fill\n\n\ndef test_fill():\n    assert fill([None, 3]) == [0, 3]\n",
    WORKFLOW: "on: [push]\njobs:\n  test:\n    steps:\n      - run: pytest -q\n",
}


def git(root: Path, *words: str) -> str:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {f"GIT_{role}_{what}": "ada@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**plain, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-c", "init.defaultBranch=main", *words]
    return subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, text=True).stdout.strip()


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def kind(root: Path, files: dict[str, str]) -> str:
    """Write files into a folder, and return what kind of repository they make."""
    for path, text in files.items():
        write(root, path, text)
    return assess(str(root)).kind


def level_1(root: Path) -> Path:
    """Make the repository in a new folder, with one commit."""
    for path, text in FILES.items():
        write(root, path, text)
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "level 1")
    return root
