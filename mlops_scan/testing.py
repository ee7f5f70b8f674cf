"""A pytest plug-in: the examples in tool files are tests.

``pytest detectors/kserve.toml`` runs every ``finds`` and ``ignores`` of that file, and asks that every
alternative of every signature is reached by some ``finds``. It serves anyone's catalogue: ``pytest my-catalogue/``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest

from mlops_scan import facts, matching, modules
from mlops_scan.catalogue import CatalogueError, Entry, read_tool
from mlops_scan.evidence import FileFacts, in_file
from mlops_scan.sources import roles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from mlops_scan.spec import Detector, Finds, Signature, Tool


class Example(NamedTuple):
    """One thing that must hold of a detector: its name, and a function that returns what is wrong or nothing."""

    name: str
    failure: Callable[[], str]


def examples(tool: Tool) -> Iterator[Example]:
    """Yield what must hold of every detector of a tool."""
    for detector in tool.detector:
        for number, example in enumerate(detector.finds, 1):
            yield Example(f"{detector.id}-finds-{number}", _finding(tool, detector, example))
        for number, ignored in enumerate(detector.ignores, 1):
            yield Example(f"{detector.id}-ignores-{number}", _ignoring(tool, detector, ignored))
        for name, variant in alternatives(detector):
            yield Example(f"{detector.id}-reaches-{name}", _reaching(tool, variant, name))


def recognised(tool: Tool, detector: Detector, path: str, text: str) -> bool:
    """Tell whether the detector recognises anything in a file of that path and text."""
    index = matching.Index((Entry(detector, tool, "local"),))
    file = FileFacts(path, roles.role(path), facts.read(path, text.encode()).facts)
    return any(True for _ in in_file(index, file, modules.index(())))


def alternatives(detector: Detector) -> Iterator[tuple[str, Detector]]:
    """Yield the detector once for each alternative of each signature, asking for that alternative alone."""
    for number, signature in enumerate(detector.signature, 1):
        for place, variant in _narrowed(signature):
            yield f"{number}-{place}", msgspec.structs.replace(detector, signature=(variant,))


def _narrowed(signature: Signature) -> Iterator[tuple[str, Signature]]:
    for key in signature.__struct_fields__:
        value: Any = getattr(signature, key)
        if isinstance(value, tuple) and not key.startswith("not_"):
            for item in value:
                yield f"{key}-{item}", msgspec.structs.replace(signature, **{key: (item,)})
        elif isinstance(value, dict) and key != "without":
            for name, globs in value.items():
                for glob in globs:
                    narrow = {key: {**value, name: (glob,)}}
                    yield f"with-{name}-{glob}", msgspec.structs.replace(signature, **narrow)


def _finding(tool: Tool, detector: Detector, example: Finds) -> Callable[[], str]:
    wrong = f"{tool.id}.{detector.id} does not recognise its example {example.path}:\n{example.text}"
    return lambda: "" if recognised(tool, detector, example.path, example.text) else wrong


def _ignoring(tool: Tool, detector: Detector, example: Any) -> Callable[[], str]:  # noqa: ANN401 - Finds or Ignores
    wrong = f"{tool.id}.{detector.id} recognises what it must ignore ({example.why}): {example.path}\n{example.text}"
    return lambda: wrong if recognised(tool, detector, example.path, example.text) else ""


def _reaching(tool: Tool, variant: Detector, name: str) -> Callable[[], str]:
    wrong = f"{tool.id}.{variant.id}: no `finds` example reaches the alternative {name}"
    return lambda: "" if any(recognised(tool, variant, e.path, e.text) for e in variant.finds) else wrong


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect tool files: TOML files with an id and detectors."""
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
            yield ExampleItem.from_parent(self, name=example.name, example=example)


class ExampleItem(pytest.Item):
    """One thing that must hold of a tool file."""

    def __init__(self, *, example: Example, **kwargs: Any) -> None:  # noqa: ANN401 - pytest's own arguments
        """Remember what must hold."""
        super().__init__(**kwargs)
        self.example = example

    def runtest(self) -> None:
        """Fail with the example's own words."""
        wrong = self.example.failure()
        if wrong:
            pytest.fail(wrong, pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Say where the example stands."""
        return self.path, None, f"{self.path.stem}: {self.name}"
