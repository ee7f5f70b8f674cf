"""A real browser for the HTML report: Debian's chromium, and axe-core of npm, which judges how accessible a page is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WAITS = ("-o", "DPkg::Lock::Timeout=300")  # other tests install something, too
AXE = "axe-core@4.14.1"


def needed(program: str, package: str) -> str:
    """Return a program, installed where we may install it; skip the test elsewhere."""
    if shutil.which(program) is None:
        debian = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
        if not debian:
            pytest.skip(f"{program} is not here, and on {sys.platform} without Debian's root it is not ours to install")
        subprocess.run(["apt-get", "update", "-qq"], check=True, capture_output=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", *WAITS, "-qq", "--no-install-recommends", package]
        subprocess.run(command, check=True, capture_output=True, env=quiet)
    return shutil.which(program) or program


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that is gone before other tests run: a process of several threads is not one to fork."""
    program = needed("chromium", "chromium")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("axe")
    npm = needed("npm", "npm")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", AXE]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return Path(folder, "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
