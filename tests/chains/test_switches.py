from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

CI = "on: push\njobs:\n  run:\n    runs-on: a\n    steps:\n      - run: {}\n"
PROGRAM = """\
import argparse
from xgboost import XGBClassifier


def fit():
    XGBClassifier().fit(X, y)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--train", action="store_true")
    args = parser.parse_args()
    if WORD args.train:
        fit()


if __name__ == "__main__":
    main()
"""
IF, UNLESS = PROGRAM.replace("WORD ", ""), PROGRAM.replace("WORD", "not")


@pytest.mark.parametrize(
    ("program", "run", "files", "expected"),
    [
        (IF, "python run.py --train", {}, True),
        (IF, "python run.py", {}, False),
        (IF, "python run.py --trained", {}, False),
        (IF, "python run.py --train && python run.py --check", {}, True),
        (IF, "python run.py $ARGS", {}, True),
        (IF, "python run.py ${{ inputs.train && '--train' }}", {}, True),
        (IF, "python run.py", {"Makefile": "all:\n\tpython run.py --train\n"}, True),
        (IF, "python all.py", {"all.py": "from run import main\n\nmain()\n"}, True),
        (IF, "python run.py", {"tests/test_run.py": "from run import main\n\n\ndef test():\n    main()\n"}, False),
        (UNLESS, "python run.py", {}, True),
        (UNLESS, "python run.py --train", {}, False),
    ],
)
def test_what_hangs_on_an_option_happens_where_a_run_gives_it(
    comes_to: Callable[[str, dict[str, str]], bool], program: str, run: str, files: dict[str, str], expected: bool
) -> None:
    assert comes_to("trains", {".github/workflows/ci.yml": CI.format(run), "run.py": program, **files}) is expected
