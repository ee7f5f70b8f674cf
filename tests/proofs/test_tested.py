from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

PRODUCT = """\
from sklearn.svm import SVC

def fit(x, y):
    return SVC().fit(x, y)

def answer(x, y, z):
    return fit(x, y).predict(z)
"""
TEST = "{imports}from churn import {name}\n\ndef test_it():\n    assert {name}([1], [2]{more}) is not None\n"


@pytest.mark.parametrize(
    ("imports", "name", "more", "present"),
    [
        ("", "answer", ", [3]", True),
        ("import pytest\n", "answer", ", [3]", True),
        ("", "fit", "", False),
        ("from unittest.mock import patch\n", "answer", ", [3]", False),  # what it reaches may be put in its place
    ],
)
def test_a_test_crosses_a_boundary_where_it_trains_and_predicts(
    imports: str, name: str, more: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"churn.py": PRODUCT, "tests/test_churn.py": TEST.format(imports=imports, name=name, more=more)}
    assert (answer("integration-tests", files).status == "present") is present


@pytest.mark.parametrize(
    ("program", "present"), [({"train.py": "from churn import fit\n\nfit([1], [2])\n"}, True), ({}, False)]
)
def test_to_train_and_predict_is_what_the_units_of_a_library_do(
    program: dict[str, str], present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {
        "pyproject.toml": "[project]\nname = 'churn'\nversion = '1'\nkeywords = ['machine learning']\n",
        "churn/__init__.py": PRODUCT,
        "tests/test_churn.py": TEST.format(imports="", name="answer", more=", [3]"),
    }
    if program:
        files = {**files, **program, "pyproject.toml": "[project]\nname = 'churn'\nversion = '1'\n"}
    assert (answer("integration-tests", files).status == "present") is present


LOADS = "import joblib\n\ndef model(path):\n    return joblib.load(path)\n"
KEPT = "from churn import model\n\ndef test_model({given}):\n    {first}\n    assert model('churn.joblib').classes_\n"


@pytest.mark.parametrize(
    ("given", "first", "present"),
    [
        ("", "pass", True),
        ("tmp_path", "pass", True),
        ("monkeypatch", "monkeypatch.setenv('HOME', '/tmp')", True),
        ("tmp_path", "import json; json.dump({}, tmp_path)", True),
        ("tmp_path", "import joblib; joblib.dump([1], tmp_path)", False),  # what it loads it has just made itself
        ("mocker", "mocker.patch('churn.joblib')", False),
        ("monkeypatch", "monkeypatch.setattr('churn.joblib.load', dict)", False),
    ],
)
def test_a_test_crosses_a_boundary_where_the_product_loads_a_stored_model(
    given: str, first: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"churn.py": LOADS, "tests/test_churn.py": KEPT.format(given=given, first=first)}
    assert (answer("integration-tests", files).status == "present") is present


STORES = """
def keep(made, path):
    joblib.dump(made, path)

def keep_all(made, path):
    keep(made, path)

def tell(path):
    print(path)
"""
BACK = """\
from churn import keep, keep_all, model, tell

def test_model(tmp_path):
    {}
    assert model(tmp_path).classes_
"""


@pytest.mark.parametrize(
    ("first", "present"),
    [("tell(tmp_path)", True), ("keep([1], tmp_path)", False), ("keep_all([1], tmp_path)", False)],
)
def test_what_the_product_has_just_stored_for_a_test_is_no_stored_model(
    first: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"churn.py": LOADS + STORES, "tests/test_churn.py": BACK.format(first)}
    assert (answer("integration-tests", files).status == "present") is present


RUNS = "import subprocess\nfrom pathlib import Path\n\ndef test_it():\n    "
PROGRAM = PRODUCT + "\nprint(answer([1], [2], [3]))\n"


@pytest.mark.parametrize(
    ("body", "present"),
    [
        ("assert subprocess.run(['python', 'churn.py']).returncode == 0\n", True),
        ("assert subprocess.run(['python', Path('churn.py')]).returncode == 0\n", True),
        ("assert 'answer' in Path('churn.py').read_text()\n", False),
        ("assert Path('churn.py').exists()\n", False),
    ],
)
def test_a_test_that_only_looks_at_a_program_runs_nothing(
    body: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"churn.py": PROGRAM, "tests/test_churn.py": RUNS + body}
    assert (answer("integration-tests", files).status == "present") is present


WHOLE = """\
import argparse
from sklearn.metrics import accuracy_score
from sklearn.svm import SVC

def main(rows):
    SVC().fit(rows, rows)
    measure(rows)

def fit(rows):
    return SVC().fit(rows, rows)

def measure(rows):
    return accuracy_score(rows, rows)

if __name__ == "__main__":
    main(argparse.ArgumentParser().parse_args().rows)
    measure([1])
"""


@pytest.mark.parametrize(
    ("name", "imports", "present"),
    [
        ("main", "", True),
        ("fit", "", False),  # a part of the program
        ("measure", "", False),  # another part, which the program calls by itself too
        ("main", "from unittest.mock import patch\n", False),
    ],
)
def test_a_test_crosses_a_boundary_where_it_runs_a_whole_program(
    name: str, imports: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    test = f"import os\n{imports}from churn import {name}\n\ndef test_it():\n    {name}([1])\n    assert os.listdir()\n"
    assert (answer("integration-tests", {"churn.py": WHOLE, "tests/test_it.py": test}).status == "present") is present
