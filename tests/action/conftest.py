from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from stand_ins import TOKEN, Gh, git, stand_in
from steps import ROOT, Job

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def gh(tmp_path: Path) -> Gh:
    return stand_in(tmp_path / "bin")


@pytest.fixture
def checkout(tmp_path: Path) -> Callable[..., Path]:
    """Return what makes a repository out of a fixture, with one commit."""

    def made(fixture: str = "level-3-kubernetes", under: str = ".") -> Path:
        folder = tmp_path / "work space"
        shutil.copytree(ROOT / "fixtures" / fixture / "repo", folder / under, dirs_exist_ok=True)
        git(folder, "init", "--quiet", "--initial-branch=main")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message=first")
        return folder

    return made


@pytest.fixture
def job(tmp_path: Path, gh: Gh) -> Callable[..., Job]:
    """Return what tells how a run of a workflow looks: in a checkout, at an event."""

    def started(workspace: Path, event: dict[str, Any] | None = None, **env: str) -> Job:
        home = tmp_path / "runner"
        home.mkdir(exist_ok=True)
        (home / "event.json").write_text(json.dumps(event or {}), encoding="utf-8")
        known = {
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_EVENT_PATH": str(home / "event.json"),
            "GITHUB_REF": "refs/heads/main",
            "GITHUB_REPOSITORY": "acme/churn",
            "GITHUB_RUN_ID": "42",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_SHA": git(workspace, "rev-parse", "HEAD"),
            "PATH": f"{gh.folder}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_ARCH": "X64",
            "RUNNER_OS": "Linux",
            "RUNNER_TEMP": str(home),
        }
        return Job(workspace, home, {**known, **env}, {"event": event or {}, "token": TOKEN})

    return started
