"""What CI installs is what `pyproject.toml` asks for, pinned by hash for every supported Python, from no named host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomli
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / ".ci" / "requirements.txt").read_text(encoding="utf-8")
PROJECT = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = (
    *PROJECT["project"]["dependencies"],
    *PROJECT["dependency-groups"]["dev"],
    *PROJECT["build-system"]["requires"],
)
# a pin, and its hashes in lines of their own
ENTRY = re.compile(r"^(?P<pin>[^\s#].*?) \\\n(?P<hashes>(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def pins(python: str, system: str) -> dict[str, str]:
    """Return the versions that are installed somewhere, by name."""
    there = {**default_environment(), "python_version": python, "python_full_version": f"{python}.1"}
    there |= {"sys_platform": system, "os_name": "nt" if system == "win32" else "posix"}
    there |= {"platform_system": {"win32": "Windows", "linux": "Linux", "darwin": "Darwin"}[system]}
    held = [one for one in map(Requirement, pinned()) if one.marker is None or one.marker.evaluate(there)]  # type: ignore[arg-type]
    found: dict[str, str] = {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in held}
    assert len(found) == len(held)
    return found


def pinned() -> list[str]:
    return [found["pin"] for found in ENTRY.finditer(LOCK)]


def test_every_line_is_a_pin_with_hashes_and_names_no_host() -> None:
    assert len(pinned()) == len([line for line in LOCK.splitlines() if line[:1].isalnum()]) > len(ASKED)
    assert "://" not in LOCK
    assert not [line for line in LOCK.splitlines() if line.startswith("-")]


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("python", ["3.10", "3.11", "3.12", "3.13", "3.14"])
def test_all_that_is_asked_for_is_locked(python: str, system: str) -> None:
    found = pins(python, system)
    for asked in map(Requirement, ASKED):
        assert asked.specifier.contains(found[canonicalize_name(asked.name)], prereleases=True), asked
