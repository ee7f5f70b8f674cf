"""Start-up is held by what is imported, not by time."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "git",
    "nbformat",
    "rich",
    "jinja2",
    "pathspec",
    "yaml",
    "importlib.metadata",
    "pygments",
    "tree_sitter",
    "msgspec",
}


def imported(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program], check=True, capture_output=True, text=True
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "|" in line}


@pytest.mark.parametrize("program", ["import mlops_scan.cli", "import mlops_scan.cli as c; c.status.__name__"])
def test_the_command_line_starts_without_anything_heavy(program: str) -> None:
    assert not imported(program) & HEAVY


def test_version_needs_nothing_heavy() -> None:
    program = "import sys; sys.argv = ['mlops-scan', '--version']; import mlops_scan.cli as c; c.status()"
    assert not imported(program) & HEAVY
