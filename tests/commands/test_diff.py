from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from mlops_scan import cli
from tests.repository import TEST, TESTED, git, level_1

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a repository whose index lacks the tests, and whose work tree lacks the workflow too."""
    root = level_1(tmp_path / "churn")
    git(root, "rm", "-q", TEST)
    (root / ".github" / "workflows" / "ci.yml").unlink()
    return root


def ended(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["mlops-scan", "diff", *map(str, arguments)])
    return cli.status()


@pytest.mark.parametrize(
    ("sides", "lost", "gained"),
    [
        (("HEAD", "index"), ["unit-tests"], []),
        (("HEAD", "worktree"), ["unit-tests", "continuous-integration"], []),
        (("index", "worktree"), ["continuous-integration"], []),
        (("worktree", "HEAD"), [], ["unit-tests", "continuous-integration"]),
        (("HEAD", "HEAD"), [], []),
        (("HEAD",), ["unit-tests", "continuous-integration"], []),
    ],
)
def test_any_two_are_compared(
    root: Path,
    sides: tuple[str, ...],
    lost: list[str],
    gained: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ended(monkeypatch, *sides, root, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [change["id"] for change in found["lost"]] == lost
    assert [change["id"] for change in found["gained"]] == gained
    assert found["worse"] == bool(lost)
    assert (found["schema_version"], found["base"]["label"]) == (1, sides[0])


def test_each_format_says_it_in_its_way(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, "HEAD", "index", root) == 0
    assert capsys.readouterr().out == (
        "Level 1, as before: DevOps, no MLOps  (HEAD -> index)\n"
        f"- unit-tests  lost, required for level 1\n    gone    {TEST}  {TESTED}\n"
    )
    assert ended(monkeypatch, "HEAD", "index", root, "--format", "markdown") == 0
    assert f"- ❌ **unit-tests** lost (required for level 1)\n  - gone `{TEST}` `{TESTED}`\n" in capsys.readouterr().out
    assert ended(monkeypatch, "HEAD", "index", root, "--format", "github") == 0
    assert capsys.readouterr().out == f"::warning file={TEST},title=unit-tests lost::gone: {TESTED}\n"


def test_the_level_that_changed_is_named(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, "HEAD", root) == 0
    assert capsys.readouterr().out.startswith("Level 1 -> 0: No automation  (HEAD -> worktree)\n")
    assert ended(monkeypatch, "worktree", "HEAD", root, "--format", "markdown") == 0
    assert capsys.readouterr().out.startswith("## What changed: level 0 → level 1\n")


def test_no_regress_is_a_gate(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ended(monkeypatch, "HEAD", "index", root, "--no-regress") == 1
    assert ended(monkeypatch, "index", "HEAD", root, "--no-regress") == 0


def test_several_formats_at_once(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "diff.json"
    assert ended(monkeypatch, "HEAD", "index", root, "--format", f"json:{target}", "--format", "text") == 0
    assert capsys.readouterr().out.startswith("Level 1, as before")
    assert json.loads(target.read_text(encoding="utf-8"))["worse"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("HEAD", "index", ".", "more"), "give BASE, then HEAD"),
        (("no-such-revision", "HEAD", "."), "unknown revision 'no-such-revision'"),
        (("HEAD", "no-such-folder"), "unknown revision 'no-such-folder'"),
        (("HEAD", "index", "no-such-folder"), "no such folder"),
        (("HEAD", "--format", "html"), "no format is called 'html'"),
        ((), "Missing argument 'BASE'"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(
    root: Path,
    words: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(root)
    assert ended(monkeypatch, *words) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
