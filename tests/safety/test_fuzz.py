from __future__ import annotations

import subprocess
import sys

from tests.safety.watched import ROOT


def test_some_thousand_cases_of_every_target_hold() -> None:
    command = [sys.executable, "fuzz/run.py", "--executions", "4000", "--seconds", "45"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert " 0 failures" in done.stdout


def test_a_case_that_fails_is_told_with_its_number() -> None:
    code = "import sys; sys.path[:0] = ['fuzz', '.']; import run, targets; targets.target = lambda n: lambda r: 1 / 0; "
    code += "print(run._run('other_code', 5, 9, 9.0).wrong)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert "case 5" in done.stdout
