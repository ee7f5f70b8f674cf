from __future__ import annotations

import subprocess
import sys

import pytest

# in steps, as what is made to fill memory grows
GROW = """
import sys, time
sys.path.insert(0, sys.argv[1])
from mlops_scan import limits
getattr(limits, sys.argv[2])(100_000_000)
kept = []
try:
    for _ in range(int(sys.argv[3])):
        kept.append(bytearray(b"x") * 5_000_000)
        time.sleep(0.01)
except MemoryError:
    kept.clear()
    sys.exit("refused")
time.sleep(0.2)
"""


def grown(word: str, steps: int, rootpath: str) -> subprocess.CompletedProcess[str]:
    # Linux hands on to a program how large the one was that started it: here a small one does
    between = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"
    command = [sys.executable, "-c", between, sys.executable, "-c", GROW, rootpath, word, str(steps)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("memory", id="as the system does"),
        pytest.param("watched", marks=pytest.mark.skipif(sys.platform == "win32", reason="it has jobs")),
    ],
)
def test_what_takes_more_memory_than_it_may_ends(word: str, pytestconfig: pytest.Config) -> None:
    assert grown(word, 5, str(pytestconfig.rootpath)).returncode == 0
    assert grown(word, 100, str(pytestconfig.rootpath)).returncode == 1
