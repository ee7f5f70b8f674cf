from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from mlops_scan import cli
from tests.history.course_of import grown

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return grown(tmp_path / "churn")[0]


def ended(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["mlops-scan", "history", *map(str, arguments)])
    return cli.status()


def test_several_formats_at_once(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root.parent / "page.html"
    assert ended(monkeypatch, root, "--every", "commit", "--format", "json", "--format", f"html:{page}") == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["level"] for one in told["points"]] == [0, 1, 1, 1, 1]
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_days_and_revision(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--since", "2024-01-11", "--until", "2024-02-05", "--rev", "HEAD~1")
    assert ended(monkeypatch, root, *words, "--format", "json", "--every", "commit") == 0
    assert [one["subject"] for one in json.loads(capsys.readouterr().out)["points"]] == ["step 1", "step 2", "step 3"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--since", "2030-01-01"), "none of its 5 commits"),
        (("--since", "yesterday"), "yesterday"),
        (("--every", "year"), "year"),
        (("--rev", "nowhere"), "unknown revision"),
        (("--format", "sarif"), "no format is called 'sarif'"),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_line(
    words: tuple[str, ...], told: str, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, root, *words) == cli.USAGE
    assert told in capsys.readouterr().err


def test_a_folder_without_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.py").touch()
    assert ended(monkeypatch, tmp_path) == cli.USAGE
    assert "not in a git repository" in capsys.readouterr().err
