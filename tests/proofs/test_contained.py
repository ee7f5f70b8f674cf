from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

PROGRAM = "from sklearn.svm import SVC\n\ndef run(x, y):\n    return SVC().fit(x, y)\n\nrun([1], [2])\n"
FILES = {
    "model.py": PROGRAM,
    "report.py": "print('done')\n",
    "tests/test_model.py": "from model import run\n\ndef test_run():\n    assert run([1], [2])\n",
}


@pytest.mark.parametrize(
    ("command", "present"),
    [
        ("docker exec jobs python model.py", True),
        ("docker-compose run --rm jobs python model.py --deep", True),
        ("docker run churn sh -c 'python report.py && python model.py'", True),
        ("python model.py", False),
        ("docker exec jobs python report.py", False),
        ("docker exec jobs python report.py; python model.py", False),  # the other runs out here
        ("docker compose run jobs pytest tests/test_model.py", False),  # a test trains for itself alone
        ("docker run churn python elsewhere.py", False),
    ],
)
def test_what_trains_in_a_container_does_so_in_a_stated_environment(
    command: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("reproducible-environment", {**FILES, "run.sh": f"{command}\n"})
    assert (found.status == "present") is present


def test_it_is_shown_from_the_command_to_the_training(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    found = answer("reproducible-environment", {**FILES, "run.sh": "docker exec jobs python model.py\n"})
    assert [step.path for step in found.evidence[0].chain] == ["run.sh", "model.py", "model.py"]
