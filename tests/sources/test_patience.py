"""Repositories that hold a scan up, or hold too much: it ends, and says so."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.sources import SourceError, gitdir, open_source
from mlops_scan.sources.place import find

if TYPE_CHECKING:
    from tests.sources.conftest import Repo

MODES: list[dict[str, Any]] = [{}, {"staged": True}, {"revision": "HEAD"}]


def test_deadline(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    place = find(os.path.realpath(repo.root))
    assert place is not None
    with gitdir.opened(place) as home, pytest.raises(gitdir.GitError, match="took longer than 0 s"):
        gitdir.run(home, "cat-file", "--batch", feed=b"x\n" * 1_000_000, deadline=0.01)
    monkeypatch.setattr("mlops_scan.sources.untracked.PATIENCE", 0.0)
    source = open_source(str(repo.root))
    assert [file.path for file in source.files] == ["data.csv", "src/model.py", "train.py"]
    assert source.diagnostics[0].message.startswith("untracked files were listed without git: git ls-files took longer")


@pytest.mark.parametrize("name", ["index", "HEAD", "packed-refs", "shallow", "info/exclude", "config"])
def test_fifos_in_the_git_folder_do_not_hang(repo: Repo, name: str) -> None:
    path = repo.root / ".git" / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    begun = time.monotonic()
    assert [file.path for file in open_source(str(repo.root)).files] == ["data.csv", "src/model.py", "train.py"]
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("options", MODES)
def test_of_too_many_files_the_first_are_scanned(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]
) -> None:
    monkeypatch.setattr("mlops_scan.sources.kinds.MOST_FILES", 3)
    assert open_source(str(repo.root), **options).diagnostics == ()
    repo.commit("z.py")
    found = open_source(str(repo.root), **options)
    assert [file.path for file in found.files] == ["data.csv", "src/model.py", "train.py"]
    assert [one.message for one in found.diagnostics] == ["stopped after 3 files; scan a folder below"]


def test_a_tree_that_names_billions_of_files_ends_the_scan_in_words(repo: Repo) -> None:
    oid, kind = repo.git("hash-object", "-w", "train.py"), "100644 blob"
    for _ in range(10):
        oid = repo.git("mktree", feed="".join(f"{kind} {oid}\t{name}\n" for name in "abcdefghij").encode())
        kind = "40000 tree"
    commit = repo.git("commit-tree", oid, "-m", "evil")
    begun = time.monotonic()
    with pytest.raises(SourceError, match=r"git ls-tree (answers with more than 256,000,000 bytes|took longer)"):
        open_source(str(repo.root), revision=commit)
    assert time.monotonic() - begun < 60


def held_up(repo: Repo) -> None:
    repo.write("ml/new.py")
    repo.write("ml/.gitignore", "*.log\n")
    repo.write("ml/deep/a.log")
    repo.write("ml/other/.git/HEAD")
    repo.write("ml/other/its.py")
    repo.write("skipped/a.py")


@pytest.mark.parametrize("ignore", [None, "**/a*" * 40 + "b\nskipped/\n"])
def test_what_holds_git_up_while_it_looks_for_untracked_files_costs_only_patience(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, ignore: str | None
) -> None:
    monkeypatch.setattr("mlops_scan.sources.untracked.PATIENCE", 0.3)
    held_up(repo)
    repo.write("a" * 200 + ".py")
    if ignore is None:
        os.mkfifo(repo.root / ".gitignore")
    else:
        repo.write(".gitignore", ignore)
        monkeypatch.setattr("mlops_scan.sources.untracked.PATIENCE", 0.0)
    begun = time.monotonic()
    source = open_source(str(repo.root))
    assert time.monotonic() - begun < 5
    paths = {file.path for file in source.files}
    assert {"train.py", "src/model.py", "ml/new.py"} <= paths
    assert not paths & {"ml/deep/a.log", "ml/other/its.py", "ml/other/.git/HEAD"}
    assert ("skipped/a.py" in paths) == (ignore is None)
    told = [(one.path, one.message) for one in source.diagnostics]
    assert ("", "untracked files were listed without git: git ls-files took longer than 0 s") in told
    assert ((".gitignore", "not read: a FIFO, not a regular file") in told) == (ignore is None)
    below = open_source(str(repo.root / "ml"))
    assert [file.path for file in below.files if file.path != ".gitignore"] == ["new.py"]
