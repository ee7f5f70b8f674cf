from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import catalogue, chains, facts, maturity, modules
from mlops_scan.assessment import Origin
from mlops_scan.evidence import FileFacts, recognise
from mlops_scan.held import held
from mlops_scan.import_paths import added
from mlops_scan.sources import roles

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


@pytest.fixture
def answer() -> Callable[[str, dict[str, str]], Answer]:
    """Return what is found of a capability in a repository given as paths with texts."""

    def judge(capability: str, texts: dict[str, str]) -> Answer:
        assigned = roles.assign(texts)
        files = [FileFacts(path, assigned[path], facts.read(path, text.encode()).facts) for path, text in texts.items()]
        index = modules.index(texts, held=held(files))
        index = index._replace(added=added(files, index.places))
        evidence = recognise(catalogue.load(), files, index)
        known = maturity.known(files, evidence, chains.build(files, evidence, index), None)
        judged = maturity.assess(known, Origin("churn", None, "worktree"))
        return next(found for found in judged.capabilities if found.id == capability)

    return judge
