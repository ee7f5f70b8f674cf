from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

TRAIN = "from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"
PREPARE = "import pandas as pd\n\npd.read_csv('a.csv').dropna().to_csv('b.csv')\n"


def test_modules_that_train_are_told_before_those_that_only_prepare(
    answer: Callable[[str, dict[str, str]], Answer],
) -> None:
    files = {"a/prepare.py": PREPARE, "b/train.py": TRAIN, "c/prepare.py": PREPARE}
    assert [proven.path for proven in answer("modular-code", files).evidence] == [
        "b/train.py",
        "a/prepare.py",
        "c/prepare.py",
    ]
