from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="session")
def _caches(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Keep what tests remember away from the user's cache."""
    patch = pytest.MonkeyPatch()
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        patch.setenv(name, str(tmp_path_factory.mktemp("caches")))
    yield
    patch.undo()
