from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from mlops_scan import cli
from tests.repository import TEST, TESTED, git, level_1, write

if TYPE_CHECKING:
    from pathlib import Path

LEVEL_1 = "Level 1 of 4: DevOps, no MLOps\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF", "PRE_COMMIT_LOCAL_BRANCH", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    root = level_1(tmp_path / "churn")
    monkeypatch.chdir(root)
    return root


def ended(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["mlops-scan", "hook", *map(str, arguments)])
    return cli.status()


def test_what_is_staged_is_compared_with_head(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / TEST).unlink()
    assert ended(monkeypatch) == 0
    assert capsys.readouterr() == (LEVEL_1, "")
    git(root, "add", "-A")
    assert ended(monkeypatch) == 1
    out, err = capsys.readouterr()
    assert out == LEVEL_1
    assert err.splitlines()[1:3] == ["- unit-tests  lost, required for level 1", f"    gone    {TEST}  {TESTED}"]
    assert "SKIP=mlops-scan" in err


def test_the_revisions_that_pre_commit_names_are_compared(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "rm", "-q", TEST)
    git(root, "commit", "-q", "-m", "without tests")
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "HEAD~1")
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "HEAD")
    assert ended(monkeypatch) == 1
    assert "mlops-scan: less than at HEAD~1" in capsys.readouterr().err


def test_a_first_push_is_compared_with_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "branch", "sent")
    git(root, "rm", "-q", "-r", "tests", ".github")
    monkeypatch.setenv("PRE_COMMIT_LOCAL_BRANCH", "refs/heads/sent")
    assert ended(monkeypatch, "--fail-under=1") == 0
    assert capsys.readouterr() == (LEVEL_1, "")
    assert ended(monkeypatch, "--fail-under=2") == 1
    assert capsys.readouterr().err == "mlops-scan: level 1 is under 2\n"


def test_both_gates_are_told(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    git(root, "rm", "-q", "-r", "tests", ".github")
    assert ended(monkeypatch, "--fail-under=1") == 1
    err = capsys.readouterr().err
    assert err.startswith("mlops-scan: level 0 is under 1\nLevel 1 -> 0: No automation  (HEAD -> index)\n")


@pytest.mark.parametrize("sides", [("--from-ref=gone", "--to-ref=HEAD"), ("--to-ref=gone",)])
def test_a_revision_that_is_not_there_is_an_error(
    root: Path, sides: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert root.is_dir()
    assert ended(monkeypatch, *sides) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_without_machine_learning_every_commit_passes(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "rm", "-q", "-r", "churn")
    git(root, "commit", "-q", "-m", "no machine learning")
    assert ended(monkeypatch, "--fail-under=4") == 0
    assert capsys.readouterr().out == "No level: no machine learning was found here\n"


def test_an_attestation_can_be_left_out(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = '[[attest]]\ncapability = "unit-tests"\nreason = "in another repository"\n'
    write(root, ".mlops-scan.toml", said)
    git(root, "rm", "-q", TEST)
    assert ended(monkeypatch) == 0
    assert ended(monkeypatch, "--no-attest") == 1
    assert "- unit-tests  lost" in capsys.readouterr().err


def test_a_capability_that_does_not_exist_is_one_line_and_status_2(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, ".mlops-scan.toml", '[[attest]]\ncapability = "unit-test"\nreason = "r"\n')
    assert ended(monkeypatch) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "attest: no capability is called 'unit-test': see `mlops-scan list capabilities`" in err
