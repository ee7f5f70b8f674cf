"""Runs everything that must hold: `python3 tests/run.py`, from a clean checkout, with Python 3.10+ and git.

It makes a virtual environment of its own in `.ci-venv`, installs the project and its development tools there, and
runs linters, types, layers, generated docs and the tests. Words after it go to pytest instead of all that.

What it installs is pinned by hash (`.ci/requirements.txt`). Where an index does not have just that, the newest of
everything is installed, unless `--locked` forbids it; `--newest` asks for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".ci-venv"
LOCK = ROOT / ".ci" / "requirements.txt"
NEWEST, LOCKED = "--newest", "--locked"
TOOLS = HOME / ("Scripts" if sys.platform == "win32" else "bin")

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", "mlops_scan", "action"),
    ("cog", "--check", "README.md", *sorted(map(str, ROOT.glob("docs/*.md")))),
)
TESTS = ("pytest", "-q", "--numprocesses", "auto", "--dist", "loadscope")
MEASURED = {"COVERAGE_PROCESS_START": str(ROOT / "pyproject.toml")}  # coverage starts in each process that is given it


def prepared(*, newest: bool, locked: bool) -> None:
    """Make the virtual environment, or bring the one that is there up to date: with what is locked, or the newest."""
    if not TOOLS.exists():
        venv.create(HOME, with_pip=True)
    tools = ("--require-hashes", "--requirement", str(LOCK))
    if not newest and _installed(tools) and _installed(("--no-deps", "--no-build-isolation", "--editable", ".")):
        return
    if locked:
        sys.exit(f"{LOCK} cannot be installed here; SECURITY.md says how it is renewed")
    if not newest:
        print("what is locked cannot be had here: the newest is installed instead", flush=True)  # noqa: T201 - a log
    if not (_installed(("--upgrade", "pip>=25.1")) and _installed(("--editable", ".", "--group", "dev"))):
        sys.exit("the tools cannot be installed: see above")


def _installed(words: tuple[str, ...]) -> bool:
    pip = (str(TOOLS / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    return subprocess.run((*pip, *words), cwd=ROOT, check=False).returncode == 0


def run(command: tuple[str, ...], more: dict[str, str] | None = None) -> int:
    """Run one tool of the virtual environment, with more variables than ours; return its exit status."""
    print("+", *command, flush=True)  # noqa: T201 - a log of what ran
    words = (str(TOOLS / command[0]), *command[1:])
    return subprocess.run(words, cwd=ROOT, check=False, env={**os.environ, **(more or {})}).returncode


def main(words: list[str]) -> int:
    """Return 0 where everything holds."""
    prepared(newest=NEWEST in words, locked=LOCKED in words)
    words = [word for word in words if word not in {NEWEST, LOCKED}]
    if words:
        return run(("pytest", *words))
    failed = [command for command in CHECKS if run(command)]
    run(("coverage", "erase"))
    tests = run(TESTS, MEASURED)
    coverage = run(("coverage", "combine", "--quiet")) or run(("coverage", "report", "--skip-covered"))
    for command in failed:
        print("failed:", *command, flush=True)  # noqa: T201 - the reason for the exit status
    return 1 if failed or tests or coverage else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
