from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from mlops_scan import files

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_written_once_and_left_alone_after(tmp_path: Path) -> None:
    target = tmp_path / "badge.svg"
    assert files.replace(target, b"one")
    before = target.stat()
    assert not files.replace(target, b"one")
    assert (target.stat().st_ino, target.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert files.replace(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["badge.svg"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such permissions")
def test_permissions_are_those_of_the_file_or_of_any_new_one(tmp_path: Path) -> None:
    target, plain = tmp_path / "badge.svg", tmp_path / "plain"
    plain.write_bytes(b"")
    files.replace(target, b"one")
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    target.chmod(0o640)
    files.replace(target, b"two")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_link_is_refused_and_what_it_points_to_is_kept(tmp_path: Path) -> None:
    kept, target = tmp_path / "kept", tmp_path / "badge.svg"
    kept.write_bytes(b"kept")
    try:
        target.symlink_to(kept)
    except OSError:
        pytest.skip("this user may not make links here")
    with pytest.raises(OSError, match="not a regular file"):
        files.replace(target, b"two")
    assert kept.read_bytes() == b"kept"
    assert target.is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs here")
def test_a_fifo_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "badge.svg")
    with pytest.raises(OSError, match="not a regular file"):
        files.replace(tmp_path / "badge.svg", b"two")


def test_a_folder_that_is_not_there_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        files.replace(tmp_path / "no" / "badge.svg", b"one")
    assert list(tmp_path.iterdir()) == []


def test_what_fails_on_the_way_leaves_the_old_file_and_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "badge.svg"
    target.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OSError, match="No space left"):
        files.replace(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["badge.svg"]
