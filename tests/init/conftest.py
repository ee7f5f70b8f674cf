from __future__ import annotations

import datetime as dt
import subprocess
from typing import TYPE_CHECKING

import pytest

from mlops_scan.init.kinds import Site
from mlops_scan.sources import place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = dt.date(2026, 5, 4)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An empty git repository in a folder whose name has a space."""
    folder = tmp_path / "churn model"
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return folder


@pytest.fixture
def site(repository: Path) -> Callable[..., Site]:
    def made(*, badge: bool = False, root: Path = repository) -> Site:
        return Site(root, place.find(str(root.resolve())), None, badge, TODAY)

    return made
