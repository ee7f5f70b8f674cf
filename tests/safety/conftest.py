from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, dict[Any, str | None]]]:
    """Return the repository of all attacks, the folder outside it, and the attacks with the paths that they wrote."""
    sys.path.insert(0, str(ROOT / "fixtures" / "hostile"))
    try:
        build = importlib.import_module("build")
        top = tmp_path_factory.mktemp("hostile")
        yield top / "repo", top / "outside", build.build(top / "repo", top / "outside")
    finally:
        sys.path.remove(str(ROOT / "fixtures" / "hostile"))
