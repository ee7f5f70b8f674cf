from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# a reader that says that it reads, and then does not come back
HANGS = """
import os, pathlib, signal, sys, time
from mlops_scan import facts, reading
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell lets what runs in its background ignore
reading._WORTH = 10
reading._CHUNK = 10
began = sys.argv[1]
def read(path, data):
    pathlib.Path(began, str(os.getpid())).touch()
    time.sleep(60)
facts.read = read
sys.argv = ["mlops-scan", *sys.argv[2:]]
from mlops_scan.cli import main
main()
"""


def gone(process: int) -> bool:
    """Tell whether a process has ended, or is only waited for."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.skipif(sys.platform != "linux", reason="replaces a reader, which only a forked process has, too")
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_ends_at_once_with_one_line_and_no_process_left(jobs: int, tmp_path: Path) -> None:
    began, repo = tmp_path / "began", tmp_path / "repo"
    began.mkdir()
    repo.mkdir()
    for name in "abc":
        (repo / f"{name}.py").write_text(f"{name} = 1\n" * 10_000)
    options = [str(began), "scan", str(repo), "--no-cache", "--jobs", str(jobs)]
    with subprocess.Popen(
        [sys.executable, "-c", HANGS, *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        deadline = time.monotonic() + 30
        while len(list(began.iterdir())) < jobs and time.monotonic() < deadline:
            time.sleep(0.05)
        readers = [int(file.name) for file in began.iterdir()]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=5)
    assert len(readers) == jobs
    assert (process.returncode, out, err.strip()) == (130, "", "mlops-scan: interrupted")
    assert all(map(gone, readers))
