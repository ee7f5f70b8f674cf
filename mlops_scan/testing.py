"""A pytest plug-in: the examples in tool files are tests.

``pytest detectors/kserve.toml`` asks what `mlops_scan.examples` says must hold of that file. It serves anyone's
catalogue: ``pytest my-catalogue/``. ``mlops-scan test`` asks the same, and more, where there is no pytest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.catalogue import CatalogueError, read_tool
from mlops_scan.examples import examples

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mlops_scan.examples import Example


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect tool files: TOML files whose first line names the schema of tool files."""
    if file_path.suffix == ".toml" and _is_tool(file_path):
        return ToolFile.from_parent(parent, path=file_path)
    return None


def _is_tool(file: Path) -> bool:
    with file.open("rb") as stream:
        return b"detector.schema.json" in stream.readline(200)


class ToolFile(pytest.File):
    """A tool file as pytest collects it."""

    def collect(self) -> Iterable[ExampleItem]:
        """Yield one test for each thing that must hold."""
        try:
            tool = read_tool(self.path)
        except CatalogueError as error:
            raise self.CollectError(str(error)) from error
        for example in examples(tool):
            name = f"{example.detector.partition('.')[2]}-{example.name}"
            yield ExampleItem.from_parent(self, name=name, example=example)


class ExampleItem(pytest.Item):
    """One thing that must hold of a tool file."""

    def __init__(self, *, example: Example, **kwargs: Any) -> None:  # noqa: ANN401 - pytest's own arguments
        """Remember what must hold."""
        super().__init__(**kwargs)
        self.example = example

    def runtest(self) -> None:
        """Fail with the example's own words."""
        wrong = self.example.wrong()
        if wrong:
            detector, name, path, text, _ = self.example
            pytest.fail(f"{detector} {name} {path} {wrong}\n{text}", pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Say where the example stands."""
        return self.path, None, f"{self.path.stem}: {self.name}"
