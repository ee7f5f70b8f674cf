from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

TRAIN = "from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "churn"
    folder.mkdir()
    (folder / "train.py").write_text(TRAIN, encoding="utf-8")
    return folder


def run(*arguments: object, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mlops_scan", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **env})


def test_info_and_clear(repository: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    assert "0 entries, 0.0 of at most" in run("cache", "info", "--cache-dir", folder).stdout
    assert not folder.exists()
    for command in ("scan", "trace"):
        assert run(command, repository, "--cache-dir", folder).returncode == 0
    told = run("cache", "info", "--cache-dir", folder).stdout
    assert told.startswith(f"{folder}{os.sep}kept-")
    assert " 0 entries" not in told
    assert " 0 entries" in run("cache", "clear", "--cache-dir", folder).stdout
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the rules of Linux")
def test_the_users_cache_is_used_unless_told_otherwise(repository: Path, tmp_path: Path) -> None:
    caches = tmp_path / "caches"
    assert run(repository, "--no-cache", XDG_CACHE_HOME=str(caches)).returncode == 0
    assert not caches.exists()
    assert run(repository, XDG_CACHE_HOME=str(caches)).returncode == 0
    assert [file.name for file in (caches / "mlops-scan").iterdir()] == ["kept-1.sqlite"]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the rules of Linux")
def test_a_repository_cannot_bring_a_cache_along(repository: Path, tmp_path: Path) -> None:
    within = repository / ".cache"
    (tmp_path / "link").symlink_to(within)
    for folder in (within, tmp_path / "link"):
        done = run(repository, "--cache-dir", folder)
        assert done.returncode == 2
        assert "lies in the repository" in done.stderr
        assert run(repository, XDG_CACHE_HOME=str(folder)).returncode == 0
    assert not within.exists()


def test_one_report_with_and_without(repository: Path, tmp_path: Path) -> None:
    plain = run(repository, "--format", "json", "--no-cache")
    for _ in range(3):
        assert run(repository, "--format", "json", "--cache-dir", tmp_path / "kept").stdout == plain.stdout
    blocked = tmp_path / "kept" / "kept-1.sqlite" / "inner"
    assert run(repository, "--format", "json", "--cache-dir", blocked).stdout == plain.stdout
