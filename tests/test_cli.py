from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mlops_scan import __version__, cli

if TYPE_CHECKING:
    from pathlib import Path

TRAIN = "from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "churn"
    folder.mkdir()
    (folder / "train.py").write_text(TRAIN, encoding="utf-8")
    return folder


def run(
    *arguments: object, env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mlops_scan", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **(env or {})}, cwd=cwd
    )


def ended(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["mlops-scan", *map(str, arguments)])
    return cli.status()


def test_a_path_is_scanned_with_and_without_the_word(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, repository) == 0
    bare = capsys.readouterr().out
    assert ended(monkeypatch, "scan", repository) == 0
    assert capsys.readouterr().out == bare
    assert bare.startswith("Level 0 of 4: No automation")


def test_options_may_stand_before_the_path(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, "--format", "json", repository) == 0
    assert json.loads(capsys.readouterr().out)["level"] == 0


def test_the_report_goes_to_a_file_whole(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "report.json"
    assert ended(monkeypatch, repository, "--format", "json", "--output", target) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(target.read_text(encoding="utf-8"))["kind"] == "ml-system"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["churn", "report.json"]


def test_an_unwritable_output_is_one_line_and_status_2(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, repository, "--output", repository / "no" / "report.txt") == 2
    assert capsys.readouterr().err.startswith("mlops-scan: cannot write ")


@pytest.mark.parametrize(("gate", "expected"), [("0", 0), ("1", 1)])
def test_fail_under_is_a_gate(repository: Path, monkeypatch: pytest.MonkeyPatch, gate: str, expected: int) -> None:
    assert ended(monkeypatch, repository, "--fail-under", gate) == expected


def test_fail_under_does_not_apply_without_machine_learning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app.py").write_text("print('hello')\n", encoding="utf-8")
    assert ended(monkeypatch, tmp_path, "--fail-under", "4") == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/no/such/path"], "no such"),
        (["--no-such-option", "."], "No such option"),
        (["--format", "pdf", "."], "pdf"),
        ([".", "--rev", "x", "--staged"], "exclude each other"),
        (["explain", "nothing-of-that-name"], "nothing is called"),
        (["list", "stars"], "stars"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, *arguments) == 2
    err = capsys.readouterr().err
    assert said.lower() in err.lower()
    assert err.count("\n") == 1


def test_an_empty_folder_says_that_there_is_nothing_to_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, tmp_path) == 2
    assert "no files to scan" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("excludes = ['a']", "unknown field"),
        ("exclude = 'a'", "exclude"),
        ("exclude = [", "mlops-scan.toml"),
        ("max-file-size = 0", "max-file-size"),
    ],
)
def test_a_wrong_configuration_is_told_with_its_file(
    repository: Path, text: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / ".mlops-scan.toml").write_text(text, encoding="utf-8")
    assert ended(monkeypatch, repository) == 2
    err = capsys.readouterr().err
    assert ".mlops-scan.toml" in err
    assert said in err


def test_configuration_excludes_and_disables(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "pyproject.toml").write_text("[tool.mlops-scan]\nexclude = ['train.py']\n", encoding="utf-8")
    assert ended(monkeypatch, repository, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "no-ml"
    (repository / "pyproject.toml").write_text("[tool.mlops-scan]\ndisable = ['scikit-learn']\n", encoding="utf-8")
    assert ended(monkeypatch, repository, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "no-ml"


def test_a_defect_of_ours_is_status_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], repository: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        message = "boom"
        raise RuntimeError(message)

    monkeypatch.setattr("mlops_scan.scan.judge", broken)
    assert ended(monkeypatch, repository) == 3
    assert "a defect of ours (RuntimeError: boom)" in capsys.readouterr().err


def test_an_interrupt_is_status_130(monkeypatch: pytest.MonkeyPatch, repository: Path) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mlops_scan.scan.judge", interrupted)
    assert ended(monkeypatch, repository) == 130


def test_version_and_module() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"mlops-scan {__version__}\n")


def test_colour_follows_option_then_environment(repository: Path) -> None:
    assert "\x1b[" not in run(repository).stdout
    assert "\x1b[" in run(repository, env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" not in run(repository, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert "\x1b[" in run(repository, "--color", env={"NO_COLOR": "1"}).stdout


@pytest.mark.parametrize("what", ["capabilities", "tools", "levels"])
def test_lists_have_a_line_each(what: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(monkeypatch, "list", what) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) >= {"capabilities": 25, "tools": 60, "levels": 5}[what]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("model-registry", "mlflow.registration"),
        ("mlflow", "Finds in"),
        ("mlflow.registration", "Ignores in"),
        ("zero-downtime", "at least 2"),
    ],
)
def test_explain_tells_what_proves(
    name: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, "explain", name) == 0
    assert said in capsys.readouterr().out


def test_a_trace_shows_what_triggers_start(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workflow = repository / ".github/workflows/retrain.yml"
    workflow.parent.mkdir(parents=True)
    steps = "jobs:\n  fit:\n    steps:\n      - run: python train.py\n      - run: python gone.py\n"
    workflow.write_text(f"on:\n  schedule:\n    - cron: '0 3 * * 1'\n{steps}", encoding="utf-8")
    assert ended(monkeypatch, "trace", repository, "--trigger", "schedule", "--act", "trains") == 0
    shown = capsys.readouterr().out
    assert "trains: sklearn.svm.SVC.fit" in shown
    assert "! there is no file gone.py here" in shown
    for kind, start in [("json", "{"), ("dot", "digraph"), ("mermaid", "flowchart")]:
        assert ended(monkeypatch, "trace", repository, "--format", kind) == 0
        assert capsys.readouterr().out.startswith(start)


@pytest.mark.parametrize("option", ["--trigger", "--act"])
def test_a_trace_refuses_words_it_does_not_know(
    option: str, repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, "trace", repository, option, "dances") == 2
    error = capsys.readouterr().err
    assert error.startswith(f"mlops-scan: {option} dances: give one of ")
    assert error.count("\n") == 1


def test_the_html_report_shows_the_lines(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "report.html"
    assert ended(monkeypatch, repository, "--format", f"html:{target}", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["dimensions"][0] == {
        "id": "model-creation",
        "level": 1,
        "asked": [1, 2, 4],
    }
    assert "<pre><code>SVC().fit(x, y)</code></pre>" in target.read_text(encoding="utf-8")
