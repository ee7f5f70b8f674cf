from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Repo:
    """A real repository in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *arguments: str, author: str = "Ada <ada@example.org>", feed: bytes | None = None) -> str:
        name, _, mail = author.rstrip(">").partition(" <")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail, "GIT_CONFIG_GLOBAL": os.devnull}
        environment |= {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": mail, "GIT_CONFIG_NOSYSTEM": "1"}
        command = ["git", "-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main", *arguments]
        done = subprocess.run(
            command,
            cwd=self.root,
            env=environment,
            input=feed,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode().strip()

    def write(self, path: str, text: str = "x\n") -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return file

    def commit(self, *paths: str, author: str = "Ada <ada@example.org>") -> str:
        for path in paths:
            self.write(path, f"{path} by {author}\n")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "change", author=author)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str], Repo]:
    def made(name: str = "repo", *options: str) -> Repo:
        root = tmp_path / name
        root.mkdir()
        repo = Repo(root)
        repo.git("init", "-q", *options)
        return repo

    return made


@pytest.fixture
def repo(make: Callable[[str], Repo]) -> Repo:
    """Two commits: train.py and src/model.py, then data.csv; tag v1 on the first."""
    made = make("repo")
    made.commit("train.py", "src/model.py")
    made.git("tag", "-a", "v1", "-m", "first")
    made.commit("data.csv")
    return made
