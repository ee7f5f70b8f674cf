"""Repositories of a team that installed both hooks, and the real pre-commit that runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
# what pip builds the environment of the hooks from
SHIPPED = (
    "pyproject.toml",
    "hatch_build.py",
    "README.md",
    "LICENSE",
    ".pre-commit-hooks.yaml",
    "mlops_scan",
    "detectors",
)
FILES = {
    "churn/__init__.py": "",
    "churn/train.py": "from sklearn.svm import SVC\n\n\ndef train(x, y):\n    return SVC().fit(x, y)\n",
    "churn/features.py": "def fill(values):\n    return [value or 0 for value in values]\n",
    "tests/test_features.py": (
        "from churn.features import fill\n\n\ndef test_fill():\n    assert fill([None, 3]) == [0, 3]\n"
    ),
    ".github/workflows/ci.yml": (
        "name: CI\non: [push, pull_request]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - uses: actions/checkout@v4\n      - run: pytest -q\n"
    ),
}
TEST = "tests/test_features.py"
GIT_CONFIG = """[user]
\tname = Ada
\temail = ada@example.org
[init]
\tdefaultBranch = main
[protocol "file"]
\tallow = always
[advice]
\tdetachedHead = false
"""


class Done(NamedTuple):
    """How a program ended, and all that it said."""

    status: int
    said: str


class Team(NamedTuple):
    """A repository in a temporary folder, and the environment that its people work in."""

    root: Path
    environment: dict[str, str]

    def run(self, *words: str, cwd: str = ".", environment: dict[str, str] | None = None) -> Done:
        done = subprocess.run(
            words,
            cwd=self.root / cwd,
            env={**self.environment, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode("utf-8", "backslashreplace"))

    def git(self, *words: str, cwd: str = ".") -> str:
        done = self.run("git", *words, cwd=cwd)
        assert done.status == 0, done.said
        return done.said.strip()

    def commit(self, *options: str, environment: dict[str, str] | None = None) -> Done:
        return self.run("git", "commit", "-q", "-m", "change", *options, environment=environment)

    def pre_commit(self, *words: str, cwd: str = ".", environment: dict[str, str] | None = None) -> Done:
        command = (sys.executable, "-m", "pre_commit", *words)
        return self.run(*command, cwd=cwd, environment=environment)

    def hook(self, *words: str, cwd: str = ".", environment: dict[str, str] | None = None) -> Done:
        """Run what the hook runs, with the code of this checkout and without pre-commit around it."""
        path = {"PYTHONPATH": str(ROOT), **(environment or {})}
        return self.run(sys.executable, "-m", "mlops_scan", *words, cwd=cwd, environment=path)

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def commits(self) -> int:
        return int(self.git("rev-list", "--count", "HEAD"))

    def beside(self, name: str) -> Team:
        """Return another folder next to this one, with the same people."""
        return self._replace(root=self.root.parent / name)


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return variables without any of git's or pre-commit's own, with one home for the hooks of all tests."""
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text(GIT_CONFIG, encoding="utf-8")
    ours = ("GIT_", "PRE_COMMIT", "SKIP", "FORCE_COLOR", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    own = {"GIT_CONFIG_GLOBAL": str(home / ".gitconfig"), "GIT_CONFIG_NOSYSTEM": "1"}
    own["PIP_NO_COMPILE"] = "1"  # most of what is installed for the hooks is never imported by them
    return {**kept, **own, "PRE_COMMIT_HOME": str(home / "pre-commit"), "PRE_COMMIT_COLOR": "never"}


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Team:
    """Commit what this checkout ships, changes included, to a repository of its own: an sdist has none."""
    team = Team(tmp_path_factory.mktemp("shipped"), environment)
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, team.root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, team.root / name)
    team.git("init", "-q")
    team.git("add", "-A")
    team.git("commit", "-q", "-m", "shipped")
    return team


def configured(shipped: Team, *hooks: str) -> str:
    """Return a .pre-commit-config.yaml of the hooks, each one line of YAML."""
    rev = shipped.git("rev-parse", "HEAD")
    lines = [f"      - {hook}" for hook in hooks]
    return "\n".join(["repos:", f"  - repo: '{shipped.root.as_posix()}'", f"    rev: {rev}", "    hooks:", *lines, ""])


@pytest.fixture(scope="session")
def level_1(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str], shipped: Team) -> Team:
    """Make a repository of level 1 with one commit, whose gate is installed in every stage."""
    team = Team(tmp_path_factory.mktemp("level-1"), environment)
    for path, text in FILES.items():
        team.write(path, text)
    team.write(".pre-commit-config.yaml", configured(shipped, "id: mlops-scan"))
    team.git("init", "-q")
    team.git("add", "-A")
    team.git("commit", "-q", "-m", "level 1")
    done = team.pre_commit("install", "--install-hooks", *stages("pre-commit", "pre-merge-commit", "pre-push"))
    assert done.status == 0, done.said
    return team


def stages(*names: str) -> list[str]:
    return [f"--hook-type={name}" for name in names]


@pytest.fixture
def team(tmp_path: Path, level_1: Team) -> Team:
    """Copy the repository of level 1, hooks and all."""
    shutil.copytree(level_1.root, tmp_path / "churn", symlinks=True)
    return level_1._replace(root=tmp_path / "churn")


@pytest.fixture
def configure(shipped: Team) -> Callable[..., str]:
    return lambda *hooks: configured(shipped, *hooks)
