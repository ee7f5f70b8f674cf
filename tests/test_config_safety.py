"""Settings of a repository are data of bounded size, and lead nowhere else."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from mlops_scan import catalogue, config

if TYPE_CHECKING:
    from pathlib import Path


def test_a_catalogue_outside_the_repository_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "repo"
    (root / ".git").mkdir(parents=True)
    file = root / config.FILE
    file.write_text('catalogues = ["../elsewhere"]\n', encoding="utf-8")
    with pytest.raises(config.ConfigError, match="lies outside the repository"):
        config.find(str(root))
    found = config.read(file)
    assert found is not None
    assert found.catalogues == (str(root / "../elsewhere"),)


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "#" * 2_000_000, "max-file-size = 9999999999999"])
def test_settings_that_are_too_much_are_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / config.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(config.ConfigError):
        config.find(str(tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="links and FIFOs")
def test_settings_behind_a_link_and_tool_files_that_are_fifos_are_not_read(tmp_path: Path) -> None:
    root = tmp_path / "repo"
    root.mkdir()
    (tmp_path / "other").write_text("no toml", encoding="utf-8")
    (root / config.FILE).symlink_to(tmp_path / "other")
    assert config.find(str(root)) == config.Config()
    (tmp_path / "tools").mkdir()
    os.mkfifo(tmp_path / "tools" / "a.toml")
    with pytest.raises(catalogue.CatalogueError, match="a FIFO"):
        catalogue.read_tool(tmp_path / "tools" / "a.toml")
