from __future__ import annotations

from pathlib import Path
from typing import Any

import baseline
import pytest
import runner
import scan
import wishes

PULL: dict[str, Any] = {"pull_request": {"base": {"sha": "b" * 40}}}


@pytest.mark.parametrize(
    ("ref", "event", "commit", "expected"),
    [
        ("refs/pull/7/merge", PULL, "a" * 40, ["a" * 40 + "^1", "b" * 40]),
        ("refs/pull/7/merge", PULL, "c" * 40, ["b" * 40]),
        ("refs/heads/main", PULL, "a" * 40, ["b" * 40]),
        ("refs/heads/main", {}, "a" * 40, []),
        ("refs/pull/7/merge", {"pull_request": {}}, None, []),
    ],
)
def test_a_pull_request_has_a_base(ref: str, event: dict[str, Any], commit: str | None, expected: list[str]) -> None:
    environment = {"GITHUB_REF": ref, "GITHUB_SHA": "a" * 40}
    assert baseline.candidates(environment, event, commit) == expected


@pytest.mark.parametrize("text", ["", "[]", "{", None])
def test_an_event_that_cannot_be_read_is_none(text: str | None, tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert baseline.event({"GITHUB_EVENT_PATH": str(file)}) == {}
    assert baseline.event({}) == {}


def test_every_value_is_one_word_and_the_path_comes_last() -> None:
    wished = wishes.read(
        {
            "MLOPS_SCAN_PATH": "--output=x y",
            "MLOPS_SCAN_REV": "-$(touch x)",
            "MLOPS_SCAN_FAIL_UNDER": "2",
            "MLOPS_SCAN_FORMAT": "html:a b.html \n\nhtml\r\ngithub",
            "MLOPS_SCAN_SARIF": "True",
        }
    )
    found = wishes.reports(wished, Path("t"))
    assert [kind for kind, _ in found] == ["json", "markdown", "text", "sarif", "html", "html"]
    assert [Path(file).name for _, file in found][3:] == ["mlops-scan.sarif", "a b.html", "mlops-scan.html"]
    words = wishes.scan(wished, found)
    assert words[-5:] == ["--format=github", "--rev=-$(touch x)", "--fail-under=2", "--", "--output=x y"]
    assert wishes.diff(wished, "main", Path("d.md"))[-4:] == ["--", "main", "-$(touch x)", "--output=x y"]


def test_what_is_too_long_for_a_comment_is_left_in_the_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OUTPUT", "STEP_SUMMARY", "SERVER_URL", "REPOSITORY", "RUN_ID"):
        monkeypatch.setenv(f"GITHUB_{name}", str(tmp_path / name))
    (tmp_path / "difference.md").write_text("changed\n", encoding="utf-8")
    report = tmp_path / "report.md"
    report.write_text("é" * 65_000, encoding="utf-8")
    scan.texts(tmp_path, report)
    body = (tmp_path / "comment.md").read_text(encoding="utf-8")
    assert body.startswith("changed\n")
    assert len(body) < 1000
    assert (tmp_path / "STEP_SUMMARY").read_text(encoding="utf-8").endswith("é")
    report.write_text("é" * runner.MOST_SUMMARY, encoding="utf-8")
    (tmp_path / "STEP_SUMMARY").unlink()
    scan.texts(tmp_path, report)
    assert not (tmp_path / "STEP_SUMMARY").exists()


def test_an_output_cannot_end_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "out"))
    runner.output("a", "1\nEOF\nlevel=4")
    runner.output("a", "1\nEOF\nlevel=4")
    first, second = (tmp_path / "out").read_text(encoding="utf-8").split("a<<")[1:]
    assert first.splitlines()[1:-1] == second.splitlines()[1:-1] == ["1", "EOF", "level=4"]
    assert first.splitlines()[0] != second.splitlines()[0]
