"""Clones that are not whole, and forms of repositories that are seldom met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.facts.kinds import Diagnostic
from mlops_scan.sources import SourceError, history, open_source, read_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sources.conftest import Repo


def test_shallow(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--depth=1", f"file://{repo.root}", str(tmp_path / "shallow"))
    for options in ({}, {"revision": "HEAD"}):
        source = open_source(str(tmp_path / "shallow"), **options)  # type: ignore[arg-type]
        assert source.commit == repo.git("rev-parse", "HEAD")
        assert len(source.files) == 3
        assert history(source) is None
    with pytest.raises(SourceError, match="unknown revision"):
        open_source(str(tmp_path / "shallow"), revision="HEAD~1")


def test_partial_clone_reads_what_is_there(repo: Repo, tmp_path: Path) -> None:
    repo.write("big.bin", "b" * 5000)
    repo.commit("last.py")
    repo.git("config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    repo.git("clone", "-q", "--bare", "--filter=blob:limit=1k", f"file://{repo.root}", str(partial))
    source = open_source(str(partial))
    found = {file.path: data for file, data in read_all(source, source.files)}
    assert {file.path: file.size for file in source.files}["big.bin"] == -1
    assert found["big.bin"] == Diagnostic("big.bin", 0, "not read: its content is missing from this clone or damaged")
    assert found["last.py"] == b"last.py by Ada <ada@example.org>\n"
    assert history(source) is not None


def test_clone_without_trees(repo: Repo, tmp_path: Path) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("clone", "-q", "--bare", "--filter=tree:0", f"file://{repo.root}", str(tmp_path / "treeless"))
    with pytest.raises(SourceError, match="cannot list commit"):
        open_source(str(tmp_path / "treeless"))


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_index_versions(repo: Repo, version: str) -> None:
    repo.git("update-index", "--index-version", version)
    assert len(open_source(str(repo.root), staged=True).files) == 3


def test_split_index(repo: Repo) -> None:
    repo.git("update-index", "--split-index")
    repo.write("more.py")
    repo.git("add", "more.py")
    assert len(open_source(str(repo.root), staged=True).files) == 4


def test_sparse_index(repo: Repo) -> None:
    repo.git("sparse-checkout", "set", "--cone", "--sparse-index", "nothing")
    assert [file.path for file in open_source(str(repo.root)).files] == ["data.csv", "train.py"]
    assert len(open_source(str(repo.root), staged=True).files) == 3


def test_sha256(make: Callable[..., Repo]) -> None:
    repo = make("new", "--object-format=sha256")
    repo.write("a.py")
    repo.git("add", "a.py")
    for _ in range(2):
        source = open_source(str(repo.root), staged=True)
        assert [data for _, data in read_all(source, source.files)] == [b"x\n"]
        commit = repo.commit()
    assert len(commit) == 64
    assert open_source(str(repo.root), revision=commit[:10]).commit == commit


def test_reftable_is_said(repo: Repo) -> None:
    commit = repo.git("rev-parse", "HEAD")
    (repo.root / ".git/reftable").mkdir()
    (repo.root / ".git/HEAD").write_text("ref: refs/heads/.invalid\n")
    (repo.root / ".git/refs/heads/main").unlink()
    assert open_source(str(repo.root)).commit is None
    assert open_source(str(repo.root), revision=commit).commit == commit
    with pytest.raises(SourceError, match="reftable"):
        open_source(str(repo.root), revision="main")


def test_detached_head_and_symbolic_branch(repo: Repo) -> None:
    first = repo.git("rev-parse", "HEAD~1")
    repo.git("symbolic-ref", "refs/heads/alias", "refs/heads/main")
    assert open_source(str(repo.root), revision="alias").commit == repo.git("rev-parse", "HEAD")
    repo.git("checkout", "-q", "--detach", first)
    assert open_source(str(repo.root)).commit == first
    repo.git("checkout", "-q", "alias")
    assert open_source(str(repo.root)).commit == repo.git("rev-parse", "main")


def test_without_git(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "git", None)
    monkeypatch.setenv("PATH", str(repo.root / "src"))
    source = open_source(str(repo.root))
    assert [file.path for file in source.files] == ["data.csv", "src/model.py", "train.py"]
    assert source.diagnostics[0].message == "listed without git: git is not installed, or not found on the PATH"
    assert history(source) is None
    with pytest.raises(SourceError, match="git is not installed"):
        open_source(str(repo.root), staged=True)


def test_folder_with_odd_name(make: Callable[..., Repo]) -> None:
    for name in ('"quoted', "#hash", "new\nline", "back\\slash", "co:lon"):
        repo = make(name)
        repo.commit("a.py")
        source = open_source(str(repo.root), revision="HEAD")
        assert [data for _, data in read_all(source, source.files)] == [b"a.py by Ada <ada@example.org>\n"]


def test_many_bytes_come_in_batches(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlops_scan.sources.objects._BATCH", 40)
    source = open_source(str(repo.root), revision="HEAD")
    assert [file.path for file, data in read_all(source, source.files) if isinstance(data, bytes)] == [
        *("data.csv", "src/model.py", "train.py"),
    ]
