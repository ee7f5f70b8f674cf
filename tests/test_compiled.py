from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import msgspec
import pytest

from mlops_scan import cache, catalogue, compiled, stamps

if TYPE_CHECKING:
    from pathlib import Path

    from mlops_scan.catalogue import Catalogue


@pytest.fixture
def store(tmp_path: Path) -> cache.Store:
    return cache.Store(str(tmp_path / "kept"))


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(stamps, "SETTLED", 0)
    for stamp in (stamps.code, stamps.readers):
        stamp.cache_clear()
    folder = tmp_path / "local"
    folder.mkdir()
    shutil.copy(catalogue.built_in() / "mlflow.toml", folder)
    shutil.copy(catalogue.built_in() / "dvc.toml", folder)
    return folder


def shapes(found: Catalogue) -> list[object]:
    """Return all of a catalogue but its examples."""
    bare = {"finds": (), "ignores": ()}
    return [
        (origin, msgspec.to_builtins(tool) | {"detector": [msgspec.to_builtins(d) | bare for d in tool.detector]})
        for tool, origin in found.tools
    ]


def read(local: Path, store: cache.Store, disable: tuple[str, ...] = ()) -> Catalogue:
    catalogue.read_folder.cache_clear()
    return compiled.read(compiled.choose([str(local)], disable, store), store)


@pytest.mark.parametrize("disable", [(), ("dvc", "mlflow.tracking")])
def test_compiled_or_not_the_tools_are_the_same(local: Path, store: cache.Store, disable: tuple[str, ...]) -> None:
    plain = shapes(catalogue.load([str(local)], disable))
    for _ in range(2):
        assert shapes(read(local, store, disable)) == plain


def test_compiled_tools_are_not_read_again(local: Path, store: cache.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shapes(read(local, store))
    monkeypatch.setattr(catalogue, "read_folder", None)
    assert shapes(compiled.read(compiled.choose([str(local)], (), store), store)) == first


def test_a_changed_tool_file_is_read_again(local: Path, store: cache.Store) -> None:
    before = compiled.choose([str(local)], (), store).stamp()
    read(local, store)
    file = local / "mlflow.toml"
    file.write_text(file.read_text().replace('name = "MLflow"', 'name = "MLFLOW"', 1))
    assert "MLFLOW" in [tool.name for tool, _ in read(local, store).tools]
    assert compiled.choose([str(local)], (), store).stamp() != before
    file.write_text("id = 1\n")
    with pytest.raises(catalogue.CatalogueError, match=r"mlflow\.toml"):
        read(local, store)


def test_every_choice_has_a_stamp_of_its_own(local: Path) -> None:
    chosen = [compiled.choose(), compiled.choose([str(local)]), compiled.choose([str(local)], ["dvc"])]
    assert len({found.stamp().digest for found in chosen}) == len(chosen)


def test_a_folder_without_tool_files_is_told(tmp_path: Path, store: cache.Store) -> None:
    with pytest.raises(catalogue.CatalogueError, match="which does not exist"):
        compiled.choose([str(tmp_path / "nowhere")], (), store)


def test_installed_catalogues_are_asked_for_once(
    local: Path, store: cache.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "installed", lambda: iter([local]))
    first = compiled.choose(store=store)
    assert [(place.path, place.origin) for place in first.places][1:] == [(local, "installed")]
    monkeypatch.setattr(catalogue, "installed", None)
    assert compiled.choose(store=store) == first
    monkeypatch.setattr(stamps, "installed", lambda: (("/else", "acme-1.dist-info", 1),))
    with pytest.raises(TypeError):
        compiled.choose(store=store)
