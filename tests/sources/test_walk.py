from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mlops_scan.sources import ignore, open_source
from mlops_scan.sources.walk import walk

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x")


def listed(root: Path) -> list[str]:
    return sorted(file.path for file in walk(str(root)).files)


def test_nested_ignore_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.py",
        "a.log",
        "sub/b.py",
        "sub/b.log",
        "sub/keep.log",
        "sub/gen/x.py",
        "other/gen/y.py",
        "venv/z.py",
    )
    (tmp_path / ".gitignore").write_text("*.log\n/venv/\n")
    (tmp_path / "sub/.gitignore").write_text("!keep.log\n/gen\n")
    assert listed(tmp_path) == [
        *(".gitignore", "a.py", "other/gen/y.py", "sub/.gitignore", "sub/b.py", "sub/keep.log"),
    ]


def test_git_folder_and_links_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "clone/.git/config", "clone/b.py")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "link.py").symlink_to(tmp_path / "a.py")
    assert listed(tmp_path) == ["a.py", "clone/b.py"]


def test_fifo(tmp_path: Path) -> None:
    write(tmp_path, "a.py")
    os.mkfifo(tmp_path / ".gitignore")
    found = walk(str(tmp_path))
    assert [file.path for file in found.files] == ["a.py"]
    assert {told.message for told in found.diagnostics} == {"not read: a FIFO, not a regular file"}


def test_deep_folders_end_somewhere(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "d/" * 70 + "x.py")
    found = walk(str(tmp_path))
    assert [file.path for file in found.files] == ["a.py"]
    assert found.diagnostics[0].message == "not entered: nested too deeply"


def test_broken_git_folder_is_a_plain_one(tmp_path: Path) -> None:
    write(tmp_path, "a.py")
    (tmp_path / ".git").write_text("gitdir: /nowhere\n")
    assert [file.path for file in open_source(str(tmp_path)).files] == ["a.py"]


def test_expensive_patterns_do_not_hang(tmp_path: Path) -> None:
    write(tmp_path, *("a" * 240 + str(number) for number in range(20)))
    (tmp_path / ".gitignore").write_text("*a*a*a*a*a*ab\n[\n!\n" + "**/a*/" * 50 + "\n" + "x" * 10_000 + "\na*0\n")
    begun = time.monotonic()
    assert len(listed(tmp_path)) == 1 + 18
    assert time.monotonic() - begun < 5


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="a*?[]!/\\# .^-", max_size=40))
@example("[?-.]")
def test_any_line_is_a_pattern_or_left_out(line: str) -> None:
    spec = ignore.compiled([line, "b"])
    assert spec is not None
    assert spec.match_file("b")


def test_cheap() -> None:
    assert all(
        map(ignore.cheap, ["*.py[cod]", "**/__pycache__/**/*.py[co]", "/a/*/b/*/c/*/d/*/*", "*.egg-info/", "*~*"])
    )
    assert not any(map(ignore.cheap, ["*a*a*a*b", "**/**/**/**/**/a", "x" * 600]))


def test_patience_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.py", "b.log")
    (tmp_path / ".gitignore").write_text("*.log\n")
    monkeypatch.setattr("mlops_scan.sources.walk._PATIENCE", -1.0)
    found = walk(str(tmp_path))
    assert [file.path for file in found.files] == [".gitignore", "a.py", "b.log"]
    assert len(found.diagnostics) == 1


def test_too_many_files_end_the_walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.py", "b.py", "sub/c.py")
    monkeypatch.setattr("mlops_scan.sources.kinds.MOST_FILES", 1)
    found = walk(str(tmp_path))
    assert len(found.files) == 1
    assert found.diagnostics[0].message == "stopped after 1 files; scan a folder below"


def test_folder_that_cannot_be_read(tmp_path: Path) -> None:
    assert [told.message for told in walk(str(tmp_path / "gone")).diagnostics] == [
        "not read: No such file or directory"
    ]
