from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan import facts
from mlops_scan.facts.kinds import Dependency

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "requirements.txt",
            "# c\nScikit_Learn==1.5 # x\nmlflow>=2\n-r base.txt\n",
            [(2, "scikit-learn", True, ""), (3, "mlflow", False, "")],
        ),
        ("requirments.txt", "pandas==2.0\n", [(1, "pandas", True, "")]),
        ("requirements-dev.txt", "pytest\n", [(1, "pytest", False, "dev")]),
        ("requirements.txt", "a==1 \\\n  --hash=sha256:0\n", [(1, "a", True, "")]),
        (
            "requirements.txt",
            "a==1.*\nb @ https://x/b.whl\n-e git+https://x/c.git@v1#egg=c\n",
            [(1, "a", False, ""), (2, "b", True, ""), (3, "c", True, "")],
        ),
        ("data/request.txt", "this is prose, not a list\nand more of it here\n", []),
        (
            "pyproject.toml",
            '[project]\ndependencies = [\n  "a==1",\n  "b",\n]\n[project.optional-dependencies]\ndev = ["c"]\n',
            [(3, "a", True, ""), (4, "b", False, ""), (7, "c", False, "dev")],
        ),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\npython = "^3.11"\na = "1.2.3"\nb = {version = "^1"}\n[tool.poetry.group.dev.dependencies]\nc = "*"\n',
            [(3, "a", True, ""), (4, "b", False, ""), (6, "c", False, "dev")],
        ),
        (
            "pyproject.toml",
            '[dependency-groups]\ntest = ["pytest"]\n[tool.uv]\ndev-dependencies = ["ruff"]\n',
            [(2, "pytest", False, "test"), (4, "ruff", False, "dev")],
        ),
        ("Pipfile", '[packages]\na = "==1.0"\n[dev-packages]\nb = "*"\n', [(2, "a", True, ""), (4, "b", False, "dev")]),
        (
            "setup.py",
            "from setuptools import setup\nREQS = ['a==1']\nsetup(install_requires=REQS, extras_require={'x': ['b']})\n",
            [(2, "a", True, ""), (3, "b", False, "extra")],
        ),
        ("setup.cfg", "[options]\ninstall_requires =\n    a\n    b==1\n", [(3, "a", False, ""), (4, "b", True, "")]),
        (
            "environment.yml",
            "name: x\ndependencies:\n  - python=3.12\n  - a=1.2\n  - conda-forge::b\n  - pip:\n      - c==1\n",
            [(4, "a", True, ""), (5, "b", False, ""), (7, "c", True, "")],
        ),
        ("config.yml", "dependencies:\n  - db\n", []),
        (
            "DESCRIPTION",
            "Package: x\nImports: ranger,\n    dplyr (>= 1.0)\nSuggests: testthat\n",
            [(2, "ranger", False, ""), (3, "dplyr", False, "")],
        ),
        ("Project.toml", '[deps]\nFlux = "x"\n', [(2, "flux", False, "")]),
    ],
)
def test_declared_packages(
    stated: Callable[..., list[Any]], path: str, text: str, expected: list[tuple[int, str, bool, str]]
) -> None:
    assert sorted(stated(path, text, Dependency, "line", "name", "pinned", "group")) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("poetry.lock", '[[package]]\nname = "a"\nversion = "1"\n', [(2, "a", "1")]),
        ("uv.lock", '[[package]]\nname = "a"\nversion = "1"\n[[package]]\nname = "b"\nsource = {}\n', [(2, "a", "1")]),
        ("pixi.lock", "packages:\n- name: a\n  version: 1\n", [(2, "a", "1")]),
        ("Pipfile.lock", '{\n "default": {\n  "a": {"version": "==1"}\n }\n}', [(3, "a", "1")]),
        ("renv.lock", '{"Packages": {"ranger": {"Version": "0.16"}}}', [(1, "ranger", "0.16")]),
        ("Manifest.toml", "[[deps.Flux]]\nversion = '1'\n", [(1, "flux", "")]),
    ],
)
def test_lock_files_pin_everything(
    stated: Callable[..., list[Any]], path: str, text: str, expected: list[tuple[int, str, str]]
) -> None:
    assert stated(path, text, Dependency, "line", "name", "version") == expected
    assert stated(path, text, Dependency, "lock", "pinned")[0] == (True, True)


def test_utf_16_requirements_are_read() -> None:
    reading = facts.read("requirements.txt", "scikit-learn==1.5\r\n".encode("utf-16"))
    assert [fact.name for fact in reading.facts if isinstance(fact, Dependency)] == ["scikit-learn"]


def test_a_version_of_thousands_of_digits_costs_its_line() -> None:
    digits = "9" * 8_000
    found = facts.read(
        "requirements.txt", f"mlflow==2\nnumpy=={digits}\nscipy>={digits},<3,!=1,!=2\npandas\ndvc\n".encode()
    )
    assert not found.diagnostics
    assert {"mlflow", "pandas", "dvc"} <= {fact.name for fact in found.facts if isinstance(fact, Dependency)}
