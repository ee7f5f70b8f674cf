from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import catalogue, chains, facts, modules
from mlops_scan.evidence import FileFacts, recognise
from mlops_scan.held import held
from mlops_scan.import_paths import added
from mlops_scan.sources import roles

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph


@pytest.fixture
def graph() -> Callable[[dict[str, str]], Graph]:
    """Return the chains of a repository given as paths with texts."""

    def build(texts: dict[str, str]) -> Graph:
        assigned = roles.assign(texts)
        files = [FileFacts(path, assigned[path], facts.read(path, text.encode()).facts) for path, text in texts.items()]
        index = modules.index(texts, held=held(files))
        index = index._replace(added=added(files, index.places))
        return chains.build(files, recognise(catalogue.load(), files, index), index)

    return build


@pytest.fixture
def comes_to(graph: Callable[[dict[str, str]], Graph]) -> Callable[[str, dict[str, str]], bool]:
    """Return what tells whether a trigger of a repository comes to an act."""

    def tell(act: str, texts: dict[str, str]) -> bool:
        built = graph(texts)
        runs = (built.reach(start.nodes, (start.step,), start.event) for start in built.starts)
        return any(reached.evidence.act == act for run in runs for reached in run)

    return tell
