from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from steps import ANSWERS, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps import Job


def test_the_action_installs_itself_once_and_keeps_out_of_the_way(
    checkout: Callable[..., Path], job: Callable[..., Job]
) -> None:
    at = job(checkout("level-0-notebooks"))
    answers = {"python": ANSWERS["python"]}
    ran = run(at, answers)
    assert (ran.status, ran.outputs["level"]) == (0, "0")
    (home,) = (path.parent for path in (at.home / "mlops-scan").glob("*/installed"))
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    where = subprocess.run(
        [python, "-I", "-c", "import mlops_scan; print(mlops_scan.__file__)"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert Path(where.stdout.strip()).is_relative_to(home)
    stamp = (home / "installed").stat().st_mtime_ns
    assert run(at, answers).status == 0
    assert (home / "installed").stat().st_mtime_ns == stamp


def test_a_release_that_is_not_there_fails_the_run(checkout: Callable[..., Path], job: Callable[..., Job]) -> None:
    ran = run(job(checkout("level-0-notebooks")), {"python": ANSWERS["python"]}, version="0.0.0.dev999")
    assert ran.status == 1
    assert "mlops-scan==0.0.0.dev999" in ran.log
    assert ran.outputs["level"] == ""
