from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

WORKFLOW = "on: push\njobs:\n  try:\n    steps:\n      - run: {run}\n"
FILES = {
    "Makefile": "try:\n\t./try.sh\n\nclean:\n\trm -rf build\n",
    "try.sh": "set -e\npython call.py\n",
    "call.py": "import churn\nchurn.run()\n",
    "churn.py": "def run():\n    pass\n",
}


@pytest.mark.parametrize(
    ("run", "lines"),
    [
        ("python call.py", [".github/workflows/a.yml:5"]),
        ("make try", [".github/workflows/a.yml:5", "Makefile:2", "try.sh:2"]),
        ("bash try.sh", [".github/workflows/a.yml:5", "try.sh:2"]),
        ("echo 1 | python call.py", [".github/workflows/a.yml:5"]),
        ("python call.py | tee call.log; exit ${PIPESTATUS[0]}", [".github/workflows/a.yml:5"]),
        # the pipe ends as `tee` does, and the step goes on
        ("python call.py | tee call.log", []),
        ("python call.py || true", []),
        ("make try || true", []),
        ("make clean", []),
        ("make unknown", []),
    ],
)
def test_a_job_runs_code_itself_or_by_what_says_how(
    run: str, lines: list[str], answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("continuous-integration", {".github/workflows/a.yml": WORKFLOW.format(run=run), **FILES})
    assert (found.status == "present") is bool(lines)
    assert [f"{step.path}:{step.line}" for proven in found.evidence for step in proven.chain[1:]] == lines
