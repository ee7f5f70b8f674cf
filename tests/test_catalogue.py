from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import catalogue, model

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
id = "acme"
name = "Acme"
homepage = "https://acme.example"
[[detector]]
id = "train"
act = "trains"
summary = "Trains with Acme."
[[detector.signature]]
fact = "call"
name = ["acme.train"]
[[detector.finds]]
path = "train.py"
text = "import acme\\nacme.train()"
[[detector.ignores]]
path = "train.py"
text = "import acme"
why = "an import trains nothing"
"""


def write(folder: Path, text: str, name: str = "acme.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('fact = "call"', 'fact = "cal"', "Invalid value 'cal'"),
        ('id = "acme"', 'id = "other"', "name the file other.toml"),
        ('act = "trains"', "", "needs one of proves, act, trigger"),
        ('act = "trains"', 'act = "cooks"', "Invalid enum value 'cooks'"),
        ('name = ["acme.train"]', 'names = ["acme.train"]', "names"),
        ('why = "an import trains nothing"', "", "why"),
        ("[[detector.ignores]]", "[[detector.finds]]", "why"),
        ('id = "acme"', 'id = "acme', "line"),
    ],
)
def test_a_wrong_tool_file_is_told_by_name_and_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(catalogue.CatalogueError, match=r"acme\.toml: ") as caught:
        catalogue.read_tool(write(tmp_path, GOOD.replace(old, new, 1)))
    assert message in str(caught.value)


def test_an_empty_catalogue_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(catalogue.CatalogueError, match="no tool files"):
        catalogue.load([str(tmp_path)])


def test_local_tools_are_added_and_remembered_as_local(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    origins = {entry.id: entry.catalogue for entry in catalogue.load([str(tmp_path)]).entries()}
    assert origins["acme.train"] == "local"
    assert origins["mlflow.tracking"] == "built-in"


def test_tools_and_detectors_can_be_disabled() -> None:
    ids = {entry.id for entry in catalogue.load(disable=["mlflow.tracking", "wandb"]).entries()}
    assert "mlflow.registration" in ids
    assert not ids & {"mlflow.tracking"}
    assert not any(name.startswith("wandb.") for name in ids)


def test_every_built_in_tool_proves_capabilities_that_exist() -> None:
    known = {capability.id for capability in model.load().capability}
    for entry in catalogue.load().entries():
        assert known.issuperset(entry.detector.proves or ()), entry.id


def test_what_stands_alongside_exists() -> None:
    ids = {entry.id for entry in catalogue.load().entries()}
    for entry in catalogue.load().entries():
        assert ids.issuperset(entry.detector.alongside or ()), entry.id


def install(folder: Path, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what pip does with a package that names a catalogue as its entry point."""
    info = folder / "acme_tools-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: acme-tools\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[mlops_scan.catalogues]\nacme = {module}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(folder)


def test_an_installed_package_can_bring_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "acme_tools"
    package.mkdir()
    (package / "__init__.py").touch()
    write(package, GOOD)
    install(tmp_path, "acme_tools", monkeypatch)
    origins = {entry.id: entry.catalogue for entry in catalogue.load().entries()}
    assert origins["acme.train"] == "installed"


def test_an_installed_catalogue_that_cannot_be_loaded_is_told_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "acme_gone", monkeypatch)
    with pytest.raises(catalogue.CatalogueError, match="installed catalogue acme"):
        catalogue.load()
