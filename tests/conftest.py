from __future__ import annotations

import os
import sysconfig

import pytest
from hypothesis import HealthCheck, settings

# how long a case takes, or its making, tells of the machine's other work
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")

# what the tests start is not measured: it takes time, and tests ask what a command imports. Each worker needs the word.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.pop("COVERAGE_PROCESS_START", None)


@pytest.fixture(autouse=True, scope="session")
def _caches(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Keep what tests remember away from the user's cache."""
    patch = pytest.MonkeyPatch()
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        patch.setenv(name, str(tmp_path_factory.mktemp("caches")))
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _tools() -> object:
    """Find pre-commit and the linters beside the interpreter that runs the tests, whatever the shell's PATH is."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)
    yield
    patch.undo()
