from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import scan

if TYPE_CHECKING:
    from pathlib import Path

CI = "on: push\njobs:\n  all:\n    runs-on: ubuntu-latest\n    steps:\n      - run: "
TEST = "def test_flow():\n    assert run_flow() == 0\n"


def strengths(folder: Path, run: str, files: dict[str, str]) -> set[str]:
    """Return how strong the evidence of a command of a workflow is, whatever it proves."""
    for name, text in {".github/workflows/ci.yml": f"{CI}{run}\n", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return {e.strength for e in scan.examine(str(folder)).evidence if e.path == ".github/workflows/ci.yml"}


@pytest.mark.parametrize("run", ["pytest tests/integration/ -v", "python -m pytest -v tests/integration"])
@pytest.mark.parametrize(
    "files",
    [
        {"tests/integration/__init__.py": ""},
        {"tests/integration/.gitkeep": "", "tests/integration/README.md": "Later.\n", "tests/unit/test_a.py": TEST},
        {"tests/integration/conftest.py": "import pytest\n", "tests/integration/test_flow.py": ""},
    ],
    ids=["package", "kept", "empty"],
)
def test_a_run_over_a_folder_without_tests_proves_nothing(tmp_path: Path, run: str, files: dict[str, str]) -> None:
    assert strengths(tmp_path, run, files) == {"weak"}


@pytest.mark.parametrize(
    ("run", "files"),
    [
        ("pytest tests/integration", {"tests/integration/flows/test_flow.py": TEST}),
        ("pytest tests/integration/test_flow.py::test_flow", {"tests/integration/test_flow.py": TEST}),
        ("pytest tests/integration tests/unit", {"tests/integration/__init__.py": "", "tests/unit/test_a.py": TEST}),
        ("pytest tests/integration", {"tests/integration/test_flow.tavern.yaml": "stages: []\n"}),
        ("pytest tests/integration", {}),
        ("pytest --cov tests/integration", {"tests/integration/__init__.py": "", "test_a.py": TEST}),
        ("pytest --doctest-modules tests/integration", {"tests/integration/__init__.py": ""}),
    ],
    ids=["below", "one", "another", "other-files", "not-here", "option", "doctest"],
)
def test_a_run_that_may_find_tests_counts(tmp_path: Path, run: str, files: dict[str, str]) -> None:
    assert strengths(tmp_path, run, files) == {"strong"}
