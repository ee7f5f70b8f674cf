from __future__ import annotations

import pytest

from mlops_scan.chains.workspaces import notebook, notebooks

FILES = notebooks(
    ("notebooks/train.py", "old/score.ipynb", "churn/score.ipynb", "prepare.py", "notebooks/prepare.ipynb", "train.sh")
)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("/Shared/churn/train", "notebooks/train.py"),
        ("/Users/a@b.c/churn/train.py", "notebooks/train.py"),
        ("/Workspace/churn/score", "churn/score.ipynb"),  # ends more alike
        ("/Shared/loans/score", None),  # as much like one as like the other
        ("/Shared/notebooks/prepare", "notebooks/prepare.ipynb"),
        ("/Shared/prepare", None),
        ("/Shared/churn/tune", None),
    ],
)
def test_the_file_that_ends_most_like_the_path(written: str, found: str | None) -> None:
    assert notebook(written, FILES) == found
