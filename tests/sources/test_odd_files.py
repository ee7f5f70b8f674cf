"""What is in a tree that is no ordinary file: links, devices, submodules, odd names, too much to read."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Diagnostic
from mlops_scan.sources import Source, open_source, read_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sources.conftest import Repo


def paths(source: Source) -> list[str]:
    return [file.path for file in source.files]


def texts(source: Source) -> dict[str, str]:
    return {
        file.path: data.message if isinstance(data, Diagnostic) else data.decode()
        for file, data in read_all(source, source.files)
    }


def test_submodule_is_named_not_entered(repo: Repo, make: Callable[..., Repo]) -> None:
    other = make("other")
    other.commit("inner.py")
    repo.git("submodule", "add", "-q", str(other.root), "libs/other")
    repo.commit("b.py")
    for options in ({}, {"staged": True}, {"revision": "HEAD"}):
        source = open_source(str(repo.root), **options)
        assert source.submodules == ("libs/other",)
        assert not any("inner.py" in path for path in paths(source))
    inside = open_source(str(repo.root / "libs/other"))
    assert (paths(inside), inside.commit) == (["inner.py"], other.git("rev-parse", "HEAD"))


def test_untracked_repository_is_named_not_entered(repo: Repo) -> None:
    nested = type(repo)(repo.root / "nested")
    nested.root.mkdir()
    nested.git("init", "-q")
    nested.commit("inner.py")
    source = open_source(str(repo.root))
    assert source.submodules == ("nested",)
    assert "nested/inner.py" not in paths(source)


def test_links_are_not_followed(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.py").write_text("secret")
    (repo.root / "file_link.py").symlink_to(tmp_path / "secret" / "key.py")
    (repo.root / "folder_link").symlink_to(tmp_path / "secret")
    repo.git("add", "-A")
    repo.write("kept/key.py", "own\n")
    repo.commit("kept/other.py")
    for options in ({}, {"staged": True}, {"revision": "HEAD"}):
        found = paths(open_source(str(repo.root), **options))
        assert not [path for path in found if "link" in path]
    source = open_source(str(repo.root))
    (repo.root / "kept").rename(tmp_path / "moved")
    (repo.root / "kept").symlink_to(tmp_path / "secret")
    assert texts(source)["kept/key.py"] == "not read: its folder cannot be entered"
    assert "kept/key.py" not in paths(open_source(str(repo.root)))


def test_special_files(repo: Repo) -> None:
    (repo.root / "train.py").unlink()
    os.mkfifo(repo.root / "train.py")
    os.mkfifo(repo.root / "untracked.py")
    source = open_source(str(repo.root))
    assert paths(source) == ["data.csv", "src/model.py"]
    assert source.diagnostics == (Diagnostic("train.py", 0, "not read: a FIFO, not a regular file"),)


def test_file_that_turns_into_a_fifo(repo: Repo) -> None:
    source = open_source(str(repo.root))
    (repo.root / "train.py").unlink()
    os.mkfifo(repo.root / "train.py")
    (repo.root / "data.csv").unlink()
    found = texts(source)
    assert found["train.py"] == "not read: a FIFO, not a regular file"
    assert found["data.csv"] == "not read: No such file or directory"


@pytest.mark.parametrize("options", [{}, {"staged": True}, {"revision": "HEAD"}])
def test_large_files_are_listed_and_not_read(repo: Repo, options: dict[str, Any]) -> None:
    repo.write("big.json", "x" * 2000)
    repo.commit("small.json")
    source = open_source(str(repo.root), max_file_size=1000, **options)
    assert {file.path: file.size for file in source.files}["big.json"] == 2000
    assert texts(source)["big.json"] == "not read: 2,000 bytes or more, the limit is 1,000"
    assert texts(source)["small.json"].startswith("small.json by")


def test_sparse_file_is_not_read(repo: Repo) -> None:
    with (repo.root / "sparse.json").open("wb") as file:
        file.truncate(1 << 40)
    assert "the limit is 5,000,000" in texts(open_source(str(repo.root)))["sparse.json"]


@pytest.mark.parametrize("options", [{}, {"staged": True}, {"revision": "HEAD"}])
def test_odd_names(repo: Repo, options: dict[str, Any]) -> None:
    odd = [
        b"a b.py",
        b"new\nline.py",
        b"tab\t.py",
        b'quote".py',
        b"bad\xff.py",
        "é.py".encode(),
        b"-rf.py",
        b":(top)x.py",
    ]
    for name in odd:
        (Path(os.fsdecode(os.fsencode(repo.root) + b"/" + name))).write_bytes(name)
    repo.commit()
    source = open_source(str(repo.root), **options)
    assert {"a b.py", "new\nline.py", "tab\t.py", 'quote".py', "bad\\xff.py", "é.py", "-rf.py", ":(top)x.py"} <= set(
        paths(source),
    )
    found = {file.path: data for file, data in read_all(source, source.files)}
    assert found["bad\\xff.py"] == b"bad\xff.py"
    assert found["new\nline.py"] == b"new\nline.py"


def test_socket_in_a_plain_folder(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "s"))
        source = open_source(str(tmp_path))
    assert source.diagnostics == (Diagnostic("s", 0, "not read: a socket, not a regular file"),)
    assert (source.kind, source.commit, source.place) == ("worktree", None, None)
