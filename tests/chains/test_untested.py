from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.scan import assess

if TYPE_CHECKING:
    from pathlib import Path

CI = "on: push\njobs:\n  run:\n    steps:\n      - run: {}\n"
REAL = "from churn import clean\n\n\ndef test_clean():\n    assert clean([]) == []\n"
IMPORTED = "from shared.suite import *\n"


def present(folder: Path, run: str, files: dict[str, str]) -> set[str]:
    """Return which of the capabilities around tests a repository shows."""
    product = {"churn.py": "def clean(rows):\n    return rows\n", "setup.cfg": "[metadata]\nname = churn\n"}
    for name, text in {**product, **files, ".github/workflows/ci.yml": CI.format(run)}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    asked = {"continuous-integration", "integration-tests"}
    return {one.id for one in assess(str(folder)).capabilities if one.id in asked and one.status == "present"}


@pytest.mark.parametrize(
    ("run", "files", "found"),
    [
        ("pytest tests/integration/ -v", {"tests/integration/__init__.py": ""}, set()),
        ("python -m pytest -q tests/integration", {"tests/integration/test_api.py": "# TODO\n"}, set()),
        (
            "pytest tests/integration/ -v",
            {"tests/integration/__init__.py": "", "tests/integration/api/test_api.py": REAL},
            {"continuous-integration", "integration-tests"},
        ),
        ("pytest tests", {"tests/__init__.py": "", "tests/test_clean.py": REAL}, {"continuous-integration"}),
        (
            "pytest tests/unit tests/integration",
            {"tests/integration/__init__.py": "", "tests/unit/test_clean.py": REAL},
            {"continuous-integration", "integration-tests"},
        ),
        (
            "pytest tests/integration",
            {"tests/integration/test_api.py": IMPORTED},
            {"continuous-integration", "integration-tests"},
        ),
        (
            "pytest tests/integration",
            {"tests/integration/test_api.tavern.yaml": "test_name: a\n"},
            {"continuous-integration", "integration-tests"},
        ),
        ("pytest -m integration", {"tests/__init__.py": ""}, {"continuous-integration", "integration-tests"}),
    ],
    ids=["empty", "placeholder", "below", "unit", "one-of-two", "imported", "other-format", "no-folder-named"],
)
def test_a_runner_that_is_pointed_at_no_test_tests_nothing(
    tmp_path: Path, run: str, files: dict[str, str], found: set[str]
) -> None:
    assert present(tmp_path, run, files) == found
