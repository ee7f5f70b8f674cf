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


SERVER = "services:\n  model:\n    image: tensorflow/serving:2.7.0\n"
NOTEBOOK = """\
{"cells": [{"cell_type": "code", "metadata": {}, "outputs": [],
 "source": ["from sklearn.svm import SVC\\n", "SVC().fit(x, y)"]}],
 "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
"""


def test_a_server_of_models_takes_no_module_away(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    files = {"shelf/ops.py": "import tensorflow as tf\n\n\ndef a(x):\n    return tf.exp(x)\n", "compose.yml": SERVER}
    assert [proven.path for proven in answer("modular-code", files).evidence] == ["shelf/ops.py"]


def test_modules_beside_notebooks_that_train_hold_no_machine_learning(
    answer: Callable[[str, dict[str, str]], Answer],
) -> None:
    files = {"shelf/ops.py": "def a(x):\n    return x\n", "train.ipynb": NOTEBOOK}
    assert answer("modular-code", files).status == "absent"
