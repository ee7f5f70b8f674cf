from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

TRAIN = "from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"


@pytest.mark.parametrize(
    ("call", "runs"),
    [
        ("launch('train.py')", True),
        ("create_training_job(script='train.py')", True),
        ("run_script('train.py')", True),
        ("generate_report('train.py')", True),
        # what is made, sent or looked at is not run
        ("create_script('train.py')", False),
        ("client.upload_file('train.py', 'bucket')", False),
        ("write_file('train.py')", False),
        ("nbformat.read('train.py', 4)", False),
    ],
)
def test_a_file_that_a_call_names_is_run_unless_it_handles_files(
    call: str, runs: bool, graph: Callable[[dict[str, str]], Graph]
) -> None:
    code = f"import nbformat\nfrom jobs import *\n\n{call}\n"
    reached = graph({"train.py": TRAIN, "go.py": code}).reach([Node("go.py", "")])
    assert ("trains" in {found.evidence.act for found in reached}) is runs
