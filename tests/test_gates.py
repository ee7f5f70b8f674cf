from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from mlops_scan import cli
from tests.repository import FILES, TEST, TESTED, git, level_1, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return level_1(tmp_path / "churn")


def ended(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["mlops-scan", "scan", *map(str, arguments)])
    return cli.status()


@pytest.mark.parametrize(("lowest", "status"), [(0, 0), (1, 0), (2, 1), (4, 1)])
def test_a_level_must_be_reached(
    root: Path, lowest: int, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, root, "--fail-under", lowest) == status
    assert capsys.readouterr().err == (f"mlops-scan: level 1 is under {lowest}\n" if status else "")


def test_what_a_base_has_must_be_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, root, "--no-regress", "HEAD") == 0
    (root / TEST).unlink()
    assert ended(monkeypatch, root, "--no-regress", "HEAD") == 1
    out, err = capsys.readouterr()
    assert "Level 1 of 4: DevOps, no MLOps" in out
    assert err == (
        "Level 1, as before: DevOps, no MLOps  (HEAD -> worktree)\n"
        f"- unit-tests  lost, required for level 1\n    gone    {TEST}  {TESTED}\n"
        "mlops-scan: less than at HEAD\n"
    )


def test_the_report_is_written_although_a_gate_fails(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / TEST).unlink()
    target = tmp_path / "report.md"
    gates = ("--fail-under", 3, "--no-regress", "HEAD")
    assert ended(monkeypatch, root, "--format", f"markdown:{target}", *gates) == 1
    assert target.read_text(encoding="utf-8").startswith("## MLOps maturity: level 1 of 4")


def test_two_revisions_can_be_held_against_each_other(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "rm", "-q", TEST)
    git(root, "commit", "-q", "-m", "without tests")
    write(root, TEST, "not looked at\n")
    assert ended(monkeypatch, root, "--rev", "HEAD", "--no-regress", "HEAD~1") == 1
    assert "(HEAD~1 -> HEAD)" in capsys.readouterr().err
    assert ended(monkeypatch, root, "--rev", "HEAD~1", "--no-regress", "HEAD") == 0


def test_an_unknown_base_is_an_error_and_no_pass(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, root, "--no-regress", "gone") == 2
    assert "unknown revision 'gone'" in capsys.readouterr().err


def test_a_hostile_name_starts_no_line(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = "tests/test_a\n::error::x.py"
    try:
        write(root, bad, FILES[TEST])
    except OSError:
        pytest.skip("this file system does not hold such names")
    (root / TEST).unlink()
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "only a test with a bad name")
    (root / bad).unlink()
    assert ended(monkeypatch, root, "--no-regress", "HEAD") == 1
    out, err = capsys.readouterr()
    assert "tests/test_a\\n::error::x.py" in err
    assert not [line for line in (out + err).splitlines() if line.lstrip().startswith("::")]
