from __future__ import annotations

import pytest

from mlops_scan import catalogue, chains, facts, kind, maturity, model, modules, use_cases
from mlops_scan.assessment import Known, Origin, UseCase
from mlops_scan.evidence import FileFacts, recognise
from mlops_scan.own_names import own_tools
from mlops_scan.sources import roles

FIT = "from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"
OTHER = "from sklearn.svm import SVR\n\nSVR().fit(a, b)\n"
NOTEBOOK = '{"cells": [{"cell_type": "code", "source": "import sklearn.svm as s\\ns.SVC().fit(x, y)"}], "metadata": {}}'
NEEDS = "scikit-learn\n"


def known(files: dict[str, str]) -> Known:
    stated = tuple(
        FileFacts(path, roles.role(path), facts.read(path, text.encode()).facts) for path, text in files.items()
    )
    index, tools = modules.index(files), catalogue.load()
    evidence = recognise(tools, stated, index)
    own, inner = own_tools(tools, stated), own_tools(tools, stated, anywhere=True)
    return maturity.known(stated, evidence, chains.build(stated, evidence, index), None, own, inner)


def found(files: dict[str, str]) -> list[tuple[str, str]]:
    """Return name and place of each use case."""
    cases: tuple[UseCase, ...] = use_cases.found(known(files), lambda proven: proven)
    return [(case.name, f"{case.evidence[0].path}:{case.evidence[0].line}") for case in cases]


def judged(files: dict[str, str]) -> tuple[str, list[str]]:
    name, told_by = kind.judged(known(files), model.load())
    return name, [f"{proven.path}:{proven.line}" for proven in told_by]


def test_models_of_one_project_are_one_use_case() -> None:
    files = {"requirements.txt": NEEDS, "src/forest.py": FIT, "src/boost.py": OTHER}
    assert found(files) == [("src/boost", "src/boost.py:3")]


def test_projects_with_dependencies_of_their_own_are_use_cases_of_their_own() -> None:
    files = {
        "churn/requirements.txt": NEEDS,
        "churn/train.py": FIT,
        "fraud/pyproject.toml": '[project]\nname = "fraud"\ndependencies = ["scikit-learn"]\n',
        "fraud/src/fit.py": OTHER,
        "web/requirements.txt": "flask\n",
    }
    assert found(files) == [("churn", "churn/train.py:3"), ("fraud", "fraud/src/fit.py:3")]


def test_what_trains_around_a_project_serves_it() -> None:
    files = {"requirements.txt": NEEDS, "tune.py": OTHER, "model/requirements.txt": NEEDS, "model/train.py": FIT}
    assert found(files) == [("model", "model/train.py:3")]


def test_a_copy_of_a_project_is_no_other_use_case() -> None:
    files = {
        f"{week}/{name}": text
        for week in ("w1", "w2")
        for name, text in {"requirements.txt": NEEDS, "t.py": FIT}.items()
    }
    assert found(files) == [("w1", "w1/t.py:3")]


def test_notebooks_count_where_nothing_else_trains() -> None:
    files = {"a/requirements.txt": NEEDS, "a/n.ipynb": NOTEBOOK}
    assert [name for name, _ in found(files)] == ["a"]
    assert found({**files, "b/requirements.txt": NEEDS, "b/train.py": FIT}) == [("b", "b/train.py:3")]


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"pyproject.toml": '[project]\nname = "churn"\n', "train.py": FIT}, "churn"),
        ({"steps/train.py": FIT}, "steps/train"),
    ],
)
def test_the_root_is_called_by_its_own_name_else_by_its_program(files: dict[str, str], name: str) -> None:
    assert [case for case, _ in found(files)] == [name]


def test_tests_and_weak_traces_are_no_use_case() -> None:
    assert found({"tests/test_train.py": FIT, "requirements.txt": NEEDS}) == []


def test_a_job_that_is_started_stands_behind_the_code_that_fits() -> None:
    files = {"a.sh": "mlflow run . -P depth=3\n", "train.py": FIT}
    assert found(files) == [("train", "train.py:3")]


PUBLISH = "on: push\njobs:\n  out:\n    steps:\n      - run: twine upload dist/*\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"train.py": FIT}, ("ml-system", ["train.py:3"])),
        ({"app.py": "print('hello')\n"}, ("no-ml", [])),
        ({"a.py": FIT, ".github/workflows/out.yml": PUBLISH}, ("ml-library", [".github/workflows/out.yml:5"])),
        ({"a.py": FIT, "pyproject.toml": '[project]\nname = "mlflow"\n'}, ("ml-library", ["pyproject.toml:2"])),
        ({"a.py": "", "pyproject.toml": '[project]\nname = "dvc"\n'}, ("ml-library", ["pyproject.toml:2"])),
        ({"a.py": "", "pyproject.toml": '[project]\nname = "flake8"\n'}, ("no-ml", [])),
        ({"a.py": FIT, "mlflow.yaml": "kind: Service\nmetadata:\n  name: mlflow\n"}, ("ml-system", ["a.py:3"])),
        ({"a.py": "", "sdk/pyproject.toml": '[project]\nname = "kfp"\n'}, ("ml-library", ["sdk/pyproject.toml:2"])),
        ({"a.py": FIT, "sdk/pyproject.toml": '[project]\nname = "kfp"\n'}, ("ml-system", ["a.py:3"])),
    ],
)
def test_the_kind_says_what_tells(files: dict[str, str], expected: tuple[str, list[str]]) -> None:
    assert judged(files) == expected


def test_a_library_trains_for_others() -> None:
    library = {"a.py": FIT, ".github/workflows/out.yml": PUBLISH}
    assert maturity.assess(known(library), Origin("a", None, "worktree")).use_cases == ()
    assert len(maturity.assess(known({"a.py": FIT}), Origin("a", None, "worktree")).use_cases) == 1
