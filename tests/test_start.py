"""Start-up is held by what is imported, not by time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent / "fixtures" / "level-2-dvc-mlflow" / "repo"
# what is expensive to load, of the standard library too
HEAVY = {
    "asyncio",
    "concurrent",
    "email",
    "git",
    "importlib.metadata",
    "jinja2",
    "json",
    "logging",
    "multiprocessing",
    "nbformat",
    "packaging",
    "pathspec",
    "pygments",
    "rich",
    "tree_sitter",
    "yaml",
}
# a scan of an unchanged repository: lists the files, and shows what is remembered of them
WARM = {
    *("assessment", "cache", "catalogue", "claims", "cli", "commands", "compiled", "config", "console", "diagnostics"),
    "forges",  # where the repository has a remote
    *("gates", "ladder", "model", "snippets", "reports", "results", "scan", "sources", "stamps", "steps", "terminal"),
}
# beside those that one file or the other needs: pygments, jinja2, nbformat, tree_sitter
COLD = {"click", "msgspec", "packaging", "tomli", "yaml"}
SEEN = """
import sys
before = set(sys.modules)
sys.argv = ["mlops-scan", *sys.argv[1:]]
import mlops_scan.cli
status = mlops_scan.cli.status()
print(*sorted(set(sys.modules) - before), file=sys.stderr)
sys.exit(status)
"""


def imported(*arguments: object, **env: str) -> set[str]:
    """Return the modules that a command imports."""
    command = [sys.executable, "-c", SEEN, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **env})
    return set(done.stderr.splitlines()[-1].split())


def foreign(modules: set[str]) -> set[str]:
    """Return the packages that are neither ours nor Python's."""
    tops = {name.partition(".")[0] for name in modules}
    made = {name for name in tops if name.endswith("__mypyc") or "cython" in name}
    return tops - sys.stdlib_module_names - made - {"mlops_scan", "__mp_main__", "typing_extensions"}


def test_the_command_line_needs_nothing_but_click() -> None:
    modules = imported("--version")
    assert foreign(modules) == {"click"}
    assert not modules & HEAVY
    assert {name for name in modules if name.startswith("mlops_scan.")} == {"mlops_scan.cli", "mlops_scan.commands"}


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_warm_scan_reads_and_judges_nothing(tmp_path: Path, form: str) -> None:
    arguments = (REPOSITORY, "--cache-dir", tmp_path / "kept", "--format", form)
    for _ in range(3):  # of files that changed just now, nothing is believed until they have settled
        modules = imported(*arguments)
    assert foreign(modules) <= {"click", "msgspec", "tomli"}
    assert not modules & HEAVY
    assert {name.split(".")[1] for name in modules if name.startswith("mlops_scan.")} <= WARM


def test_a_cold_scan_loads_parsers_only(tmp_path: Path) -> None:
    modules = imported(REPOSITORY, "--cache-dir", tmp_path / "kept")
    assert foreign(modules) == COLD
    assert not modules & {"git", "nbformat", "pathspec", "asyncio", "concurrent", "multiprocessing"}
