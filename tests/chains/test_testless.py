from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import scan

if TYPE_CHECKING:
    from pathlib import Path

CI = "on: push\njobs:\n  all:\n    runs-on: ubuntu-latest\n    steps:\n      - run: "
TEST = "def test_flow():\n    assert run_flow() == 0\n"
DOCTEST = "addopts = --doctest-modules"
TABLE = "[tool.pytest.ini_options]\n"
DOCTESTS = 'addopts = ["-q", "--doctest-modules"]'
SCENARIOS = 'from pytest_bdd import scenarios\n\nscenarios("features")\n'
INHERITED = 'from flows.testing import Suite\n\n\nclass TestFlow(Suite):\n    model = "x"\n'


def strengths(folder: Path, run: str, files: dict[str, str]) -> set[str]:
    """Return how strong the evidence of pytest in a workflow is, whatever it proves."""
    for name, text in {".github/workflows/ci.yml": f"{CI}{run}\n", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    found = (one for one in scan.examine(str(folder)).evidence if one.path == ".github/workflows/ci.yml")
    return {one.strength for one in found if one.detector.startswith("pytest")}


@pytest.mark.parametrize("run", ["pytest tests/integration/ -v", "python -m pytest -v tests/integration"])
@pytest.mark.parametrize(
    "files",
    [
        {"tests/integration/__init__.py": ""},
        {"tests/integration/.gitkeep": "", "tests/integration/README.md": "Later.\n", "tests/unit/test_a.py": TEST},
        {"tests/integration/conftest.py": "import pytest\n", "tests/integration/test_flow.py": ""},
        {"tests/integration/test_flow.py": "import sys\n\nsys.path.append('.')\n\n\nclass TestFlow:\n    name = 'x'\n"},
        {"tests/integration/helpers.py": "from flows import Flow\n\n\nclass Fake(Flow):\n    name = 'x'\n"},
        {"tests/integration/__init__.py": "", "pytest.ini": "[pytest]\naddopts = -q\n"},
        {"tests/test_flow.py": TEST},
    ],
    ids=["package", "kept", "empty", "class", "helpers", "options", "not-here"],
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
        ("cd churn; pytest tests/integration", {"other/churn/tests/integration/test_flow.py": TEST}),
        ("git clone $SUITE; pytest tests/integration", {}),
        ("pytest tests/integration", {".gitmodules": "[submodule]\n"}),
        ("pytest $SUITE/integration", {}),
        ("pytest ../tests/integration", {}),
        ("pytest --cov tests/integration", {"tests/integration/__init__.py": "", "test_a.py": TEST}),
        ("pytest --doctest-modules tests/integration", {"tests/integration/__init__.py": ""}),
        ("pytest tests/integration", {"tests/integration/a.py": "", "pytest.ini": f"[pytest]\n{DOCTEST}\n"}),
        ("pytest tests/integration", {"tests/integration/a.py": "", "pyproject.toml": f"{TABLE}{DOCTESTS}\n"}),
        ("pytest tests/integration", {"tests/integration/test_flow.py": SCENARIOS}),
        ("pytest tests/integration", {"tests/integration/test_flow.py": INHERITED}),
        ("pytest tests/integration", {"tests/integration/flow_test.py": "from flows.testing import *\n"}),
    ],
    ids=[
        *(
            "below",
            "one",
            "another",
            "other-files",
            "elsewhere",
            "cloned",
            "submodule",
            "variable",
            "above",
            "option",
            "doctest",
        ),
        *("doctest-ini", "doctest-toml", "scenarios", "inherited", "imported"),
    ],
)
def test_a_run_that_may_find_tests_counts(tmp_path: Path, run: str, files: dict[str, str]) -> None:
    assert strengths(tmp_path, run, files) == {"strong"}


@pytest.mark.parametrize(("job", "found"), [("all", {"strong"}), ("other", {"weak"})])
def test_what_a_job_downloads_is_there_for_no_other_job(tmp_path: Path, job: str, found: set[str]) -> None:
    steps = {"all": ["run: pytest tests/integration"], "other": ["run: make deploy"]}
    steps[job].insert(0, "uses: actions/download-artifact@v4")
    jobs = [f"  {name}:\n    steps:\n" + "".join(f"      - {step}\n" for step in steps[name]) for name in steps]
    written = {".github/workflows/ci.yml": "on: push\njobs:\n" + "".join(jobs)}
    assert strengths(tmp_path, "", written) == found
