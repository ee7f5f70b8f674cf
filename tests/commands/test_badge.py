from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from mlops_scan import cli
from tests.commands.test_test_and_facts import TOOL
from tests.repository import TEST, git, level_1, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return level_1(tmp_path / "churn")


def ended(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["mlops-scan", "badge", *map(str, arguments)])
    return cli.status()


def test_a_badge_goes_to_stdout(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, root) == 0
    assert "<title>MLOps: level 1: DevOps, no MLOps</title>" in capsys.readouterr().out
    assert ended(monkeypatch, root, "--format", "shields") == 0
    assert json.loads(capsys.readouterr().out)["message"] == "level 1: DevOps, no MLOps"


def test_a_file_is_written_only_where_it_changes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "level.svg"
    asked = (root, "--output", target, "--exit-non-zero-on-change")
    assert [ended(monkeypatch, *asked), ended(monkeypatch, *asked)] == [1, 0]
    assert capsys.readouterr() == ("", f"mlops-scan: wrote {target}\n")
    (root / TEST).unlink()
    (root / ".github" / "workflows" / "ci.yml").unlink()
    assert ended(monkeypatch, root, "--output", target) == 0
    assert "level 0: no automation" in target.read_text(encoding="utf-8")


def test_a_badge_of_what_is_staged_or_of_a_commit(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "rm", "-q", "-r", "tests", ".github")
    assert ended(monkeypatch, root, "--staged") == 0
    assert "level 0" in capsys.readouterr().out
    assert ended(monkeypatch, root, "--rev", "HEAD") == 0
    assert "level 1" in capsys.readouterr().out


def test_what_a_catalogue_of_the_repository_proves_is_not_on_its_badge(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, "tools/acme.toml", TOOL.replace('act = "trains"', 'proves = ["unit-tests"]'))
    write(root, ".mlops-scan.toml", 'catalogues = ["tools"]\n')
    write(root, "churn/more.py", "import acme\n\nacme.train()\n")
    git(root, "rm", "-q", "-r", "tests", ".github")
    monkeypatch.setattr(sys, "argv", ["mlops-scan", str(root)])
    assert cli.status() == 0
    assert "Level 1 of 4" in capsys.readouterr().out
    assert ended(monkeypatch, root) == 0
    assert "level 0: no automation" in capsys.readouterr().out


def test_a_badge_says_that_its_level_is_attested(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "rm", "-q", "-r", "tests", ".github")
    names = ("unit-tests", "continuous-integration")
    said = "".join(f'[[attest]]\ncapability = "{name}"\nreason = "elsewhere"\n' for name in names)
    write(root, ".mlops-scan.toml", said)
    assert ended(monkeypatch, root) == 0
    assert "level 1: DevOps, no MLOps (attested)" in capsys.readouterr().out
    assert ended(monkeypatch, root, "--no-attest") == 0
    assert "level 0: no automation</title>" in capsys.readouterr().out


def test_an_output_that_cannot_be_written_is_one_line_and_status_2(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, root, "--output", tmp_path / "no" / "level.svg") == 2
    err = capsys.readouterr().err
    assert err.startswith("mlops-scan: cannot write ")
    assert err.count("\n") == 1
