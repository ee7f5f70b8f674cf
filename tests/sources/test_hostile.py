"""Nothing that a repository configures may run, and nothing may hang."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan import history as course_of
from mlops_scan.facts.kinds import Diagnostic
from mlops_scan.sources import SourceError, gitdir, history, open_source, read_all
from mlops_scan.sources.place import find

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sources.conftest import Repo

MODES: list[dict[str, Any]] = [{}, {"staged": True}, {"revision": "HEAD"}]


def scan(root: Path, *, staged: bool = False, revision: str | None = None) -> dict[str, bytes | Diagnostic]:
    source = open_source(str(root), staged=staged, revision=revision)
    history(source)
    return {file.path: data for file, data in read_all(source, source.files)}


CONFIG = """
[core]
    repositoryformatversion = 1
    bare = false
    worktree = /etc
    fsmonitor = {program}
    pager = {program}
    sshCommand = {program}
    hooksPath = {folder}
    gitProxy = {program}
    askPass = {program}
    editor = {program}
[filter "evil"]
    clean = {program}
    smudge = {program}
    process = {program}
    required = true
[diff]
    external = {program}
[diff "evil"]
    textconv = {program}
    command = {program}
[log]
    showSignature = true
[gpg]
    program = {program}
[alias]
    ls-files = !{program}
    ls-tree = !{program}
    cat-file = !{program}
    log = !{program}
    rev-parse = !{program}
[uploadpack]
    packObjectsHook = {program}
[remote "origin"]
    url = ext::{program}
    promisor = true
    partialclonefilter = blob:none
[extensions]
    partialClone = origin
[credential]
    helper = !{program}
[trace2]
    eventTarget = {marker}
[include]
    path = {folder}/fifo
"""


@pytest.fixture
def marker(repo: Repo, tmp_path: Path) -> Path:
    """A repository whose configuration names a program wherever git knows of one; the program makes this file."""
    marker = tmp_path / "marker"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {marker}\ncat\n")
    program.chmod(0o755)
    repo.write(".gitattributes", "* filter=evil diff=evil merge=evil textconv=evil\n")
    repo.commit("x.py")
    config = CONFIG.format(program=program, marker=marker, folder=tmp_path)
    (repo.root / ".git/config").write_text(config)
    os.mkfifo(tmp_path / "fifo")
    return marker


@pytest.mark.parametrize("options", MODES)
def test_configuration_runs_nothing(repo: Repo, marker: Path, options: dict[str, Any]) -> None:
    found = scan(repo.root, **options)
    assert set(found) == {".gitattributes", "data.csv", "src/model.py", "train.py", "x.py"}
    assert not marker.exists()


def test_the_trap_is_a_trap(repo: Repo, marker: Path) -> None:
    config = (repo.root / ".git/config").read_text()
    (repo.root / ".git/config").write_text(config.partition("[include]")[0].replace("worktree = /etc", ""))
    repo.git("ls-files", "--others")
    repo.write("x.py", "changed\n")
    with contextlib.suppress(subprocess.CalledProcessError):
        repo.git("status")
    assert marker.exists()


def test_configuration_runs_nothing_for_missing_objects(repo: Repo, marker: Path) -> None:
    blob = next(file.blob for file in open_source(str(repo.root), staged=True).files if file.path == "train.py")
    (repo.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    found = scan(repo.root, revision="HEAD")
    assert found["train.py"] == Diagnostic("train.py", 0, "not read: its content is missing from this clone or damaged")
    assert found["x.py"] == b"x.py by Ada <ada@example.org>\n"
    assert not marker.exists()


def test_a_history_runs_nothing_either(repo: Repo, marker: Path) -> None:
    blob = next(file.blob for file in open_source(str(repo.root), staged=True).files if file.path == "train.py")
    (repo.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert len(course_of.course(str(repo.root), choice=course_of.Choice("commit")).points) == 3
    place = find(str(repo.root))
    assert place
    with gitdir.opened(place, open_source(str(repo.root), staged=True).commit) as home:
        tree = gitdir.run(home, "rev-parse", "HEAD~1^{tree}").decode().strip()
    (repo.root / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(SourceError, match="is the clone complete"):
        course_of.course(str(repo.root), choice=course_of.Choice("commit"))
    assert not marker.exists()


def test_environment_is_not_heeded(
    repo: Repo,
    marker: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = str(tmp_path / "program")
    (tmp_path / "other").mkdir()
    hostile = {
        "GIT_DIR": "/nowhere",
        "GIT_WORK_TREE": "/etc",
        "GIT_INDEX_FILE": str(tmp_path / "other/index"),
        "GIT_OBJECT_DIRECTORY": "/nowhere",
        "GIT_COMMON_DIR": "/nowhere",
        "GIT_NAMESPACE": "x",
        "GIT_EXTERNAL_DIFF": program,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": program,
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor'='{program}'",
        "GIT_TRACE": str(tmp_path / "trace"),
        "GIT_GLOB_PATHSPECS": "1",
    }
    for name, value in hostile.items():
        monkeypatch.setenv(name, value)
    for options in MODES:
        assert "train.py" in scan(repo.root, **options)
    assert not marker.exists()
    assert not (tmp_path / "trace").exists()
    assert os.environ["GIT_NAMESPACE"] == "x"


def test_index_of_a_commit_under_way_is_honoured(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write("late.py")
    repo.git("add", "late.py")
    (repo.root / ".git/index").rename(repo.root / ".git/next-index-1.lock")
    repo.git("read-tree", "HEAD")
    monkeypatch.chdir(repo.root)
    assert "late.py" not in scan(repo.root, staged=True)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index-1.lock")
    assert "late.py" in scan(repo.root, staged=True)


def test_damaged_object_costs_one_file(repo: Repo) -> None:
    source = open_source(str(repo.root), revision="HEAD")
    file = next(file for file in source.files if file.path == "src/model.py")
    path = repo.root / ".git/objects" / file.blob[:2] / file.blob[2:]
    path.chmod(0o644)
    path.write_bytes(zlib.compress(b"blob 5000\0" + os.urandom(5000))[:2000])
    found = scan(repo.root, revision="HEAD")
    assert isinstance(found["src/model.py"], Diagnostic)
    assert found["data.csv"] == b"data.csv by Ada <ada@example.org>\n"
    assert found["train.py"] == b"train.py by Ada <ada@example.org>\n"


def test_bomb_is_not_inflated(repo: Repo) -> None:
    with (repo.root / "bomb.json").open("wb") as file:
        file.truncate(300_000_000)
    repo.commit("y.py")
    (repo.root / "bomb.json").unlink()
    begun = time.monotonic()
    found = scan(repo.root, revision="HEAD")
    assert isinstance(found["bomb.json"], Diagnostic)
    assert time.monotonic() - begun < 5


def test_tree_made_by_hand_cannot_lead_out(repo: Repo) -> None:
    blob = repo.git("hash-object", "-w", "train.py")
    inner = repo.git("mktree", feed=f"100644 blob {blob}\tpasswd\n".encode())
    raw = b"".join(
        mode + b" " + name + b"\0" + bytes.fromhex(oid)
        for mode, name, oid in ((b"40000", b"..", inner), (b"100644", b"ok.py", blob))
    )
    tree = repo.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", feed=raw)
    commit = repo.git("commit-tree", tree, "-m", "evil")
    source = open_source(str(repo.root), revision=commit)
    assert [file.path for file in source.files] == ["ok.py"]
    assert source.diagnostics == (Diagnostic("../passwd", 0, "not read: its name is no path inside the tree"),)


def test_embedded_bare_repository_is_only_files(repo: Repo, marker: Path) -> None:
    nested = repo.root / "sub"
    for path, text in {"HEAD": "ref: refs/heads/main\n", "config": f"[core]\nfsmonitor = {marker}\n"}.items():
        repo.write(f"sub/{path}", text)
    (nested / "objects").mkdir()
    (nested / "refs").mkdir()
    repo.write("sub/objects/x.py")
    assert "sub/objects/x.py" in scan(repo.root)
    assert not marker.exists()


def test_nothing_is_left_behind_or_changed(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spare))

    def state() -> set[tuple[str, int, int]]:
        return {(str(path), path.lstat().st_mtime_ns, path.lstat().st_size) for path in repo.root.rglob("*")}

    before = state()
    for options in MODES:
        scan(repo.root, **options)
    assert state() == before
    assert list(spare.iterdir()) == []


def test_objects_borrowed_from_another_clone(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--shared", ".", str(tmp_path / "shared"))
    assert isinstance(scan(tmp_path / "shared", revision="HEAD")["train.py"], bytes)
