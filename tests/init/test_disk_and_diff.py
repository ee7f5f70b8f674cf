from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mlops_scan.init import diff, disk
from mlops_scan.init.kinds import Change, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mlops_scan.init.kinds import Site

    Sites = Callable[..., Site]

NEW = ".github/workflows/mlops-scan.yml"


def linked(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("this system makes no links")


def test_what_is_there_is_read_and_written_whole(repository: Path, site: Sites) -> None:
    assert disk.existing(site(), NEW) is None
    disk.write(site(), Change(NEW, None, b"on: push\r\n"))
    assert disk.existing(site(), NEW) == (repository / NEW).read_bytes() == b"on: push\r\n"
    assert [path.name for path in (repository / NEW).parent.iterdir()] == ["mlops-scan.yml"]


def test_nothing_is_read_or_written_through_a_link(repository: Path, site: Sites, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text("a = 1\n", encoding="utf-8")
    linked(repository / "pyproject.toml", outside)
    linked(repository / "gone.toml", tmp_path / "nothing")
    for name in ("pyproject.toml", "gone.toml"):
        with pytest.raises(RefusedError, match="not a regular file"):
            disk.write(site(), Change(name, None, b"b = 2\n"))
    assert outside.read_text(encoding="utf-8") == "a = 1\n"
    assert not (tmp_path / "nothing").exists()


def test_a_folder_that_is_a_link_is_not_entered(repository: Path, site: Sites, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    linked(repository / ".github", outside)
    with pytest.raises(RefusedError, match="a link leads to another folder"):
        disk.write(site(), Change(NEW, None, b""))
    assert list(outside.iterdir()) == []


def test_the_top_itself_may_be_reached_through_a_link(repository: Path, site: Sites, tmp_path: Path) -> None:
    linked(tmp_path / "short", repository)
    disk.write(site(root=tmp_path / "short"), Change(NEW, None, b"on: push\n"))
    assert (repository / NEW).read_bytes() == b"on: push\n"


@pytest.mark.parametrize("there", ["folder", "fifo", "large"])
def test_what_is_no_file_of_settings_is_refused(repository: Path, site: Sites, there: str) -> None:
    target = repository / "pyproject.toml"
    if there == "folder":
        target.mkdir()
    elif there == "large":
        target.write_bytes(b"#" * 1_000_001)
    elif sys.platform == "win32":
        pytest.skip("no FIFO on this system")
    else:
        os.mkfifo(target)
    with pytest.raises(RefusedError, match=r"^pyproject\.toml"):
        disk.existing(site(), "pyproject.toml")


def test_a_file_in_the_place_of_a_folder_is_refused(repository: Path, site: Sites) -> None:
    (repository / ".github").write_text("", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"mlops-scan\.yml"):
        disk.write(site(), Change(NEW, None, b""))
    assert (repository / ".github").read_bytes() == b""


@pytest.mark.parametrize("before", [None, b"old\n"])
def test_what_changed_since_it_was_planned_is_left(repository: Path, site: Sites, before: bytes | None) -> None:
    (repository / "a.toml").write_bytes(b"new\n")
    with pytest.raises(RefusedError, match="changed meanwhile"):
        disk.write(site(), Change("a.toml", before, b"ours\n"))
    assert (repository / "a.toml").read_bytes() == b"new\n"


def test_text_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(RefusedError, match="not UTF-8"):
        disk.text("é".encode("latin-1"), "pyproject.toml")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, b"a\nb\n"),
        (None, b"no end"),
        (b"", b"a\n"),
        (b"a", b"a\nb\n"),
        (b"a\r\nb\r\n", b"a\r\nb\r\nc\r\n"),
        (b"a\n" * 20 + b"\xff\x0c\x85\n", b"b\n" + b"a\n" * 20 + b"\xff\x0c\x85\n"),
        ("a\u2028b\x0b\n".encode(), "a\u2028b\x0b\nc".encode()),
    ],
)
def test_git_apply_makes_of_the_diff_what_was_planned(repository: Path, before: bytes | None, after: bytes) -> None:
    if before is not None:
        (repository / "pyproject.toml").write_bytes(before)
    patch = diff.unified(Change("pyproject.toml", before, after)).encode("utf-8", "surrogateescape")
    subprocess.run(["git", "apply", "-"], cwd=repository, input=patch, check=True)
    assert (repository / "pyproject.toml").read_bytes() == after
