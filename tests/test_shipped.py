from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import msgspec
import pytest

from mlops_scan import catalogue, shipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of tool files that are compiled, as in an installed package."""
    folder = tmp_path / "detectors"
    folder.mkdir()
    for name in ("mlflow.toml", "dvc.toml"):
        shutil.copy(catalogue.built_in() / name, folder)
    monkeypatch.setattr(shipped, "FILE", tmp_path / "tools.msgpack")
    shipped.FILE.write_bytes(shipped.compiled(folder))
    return folder


def test_what_is_shipped_is_what_the_files_say_but_for_examples(folder: Path) -> None:
    said = shipped.bare(catalogue.read_folder(folder))
    assert msgspec.to_builtins(shipped.tools(folder)) == tuple(msgspec.to_builtins(tool) for tool in said)


def test_a_changed_added_or_lost_tool_file_is_read_itself(folder: Path) -> None:
    file = folder / "mlflow.toml"
    text = file.read_text()
    file.write_text(text.replace("MLflow", "MLFLOW"))
    assert shipped.tools(folder) is None
    file.write_text(text)
    assert shipped.tools(folder) is not None
    shutil.copy(catalogue.built_in() / "feast.toml", folder)
    assert shipped.tools(folder) is None
    (folder / "feast.toml").unlink()
    (folder / "dvc.toml").unlink()
    assert shipped.tools(folder) is None


@pytest.mark.parametrize("content", [b"", b"\x93", b"[]", b"\x00" * 100])
def test_a_damaged_or_missing_file_is_passed_over(folder: Path, content: bytes) -> None:
    shipped.FILE.write_bytes(content)
    assert shipped.tools(folder) is None
    shipped.FILE.unlink()
    assert shipped.tools(folder) is None


def test_another_catalogue_is_not_taken_for_the_built_in_one(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "local")
    assert shipped.tools(tmp_path / "local") is None
