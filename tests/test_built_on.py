"""Packages that train and load nothing themselves: which are about machine learning all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.scan import assess
from tests.repository import kind

if TYPE_CHECKING:
    from pathlib import Path

HELPER = "from mlflow.deployments import BaseDeploymentClient\n\n\nclass Client(BaseDeploymentClient):\n    pass\n"
NEEDS = '[project]\nname = "shelf"\ndependencies = ["mlflow>=2"]\n'
PLAIN = '[project]\nname = "shelf"\ndependencies = ["httpx"]\n'
KEDRO = '[project]\nname = "kedro-shelf"\ndependencies = ["{}"]\n[project.entry-points."kedro.hooks"]\n'
POETRY = '[tool.poetry]\nname = "kedro-shelf"\n[tool.poetry.dependencies]\nkedro = "*"\n'
JOB = "jobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - run: twine upload packages/dist/*\n"
RELEASE = {".github/workflows/release.yml": "on: {push: {tags: ['v*']}}\n" + JOB}
STEPS = "Package: shelf\nDepends: R (>= 4.1), recipes (>= 1.2)\nImports: rlang\n"
NAMESPACE = 'S3method(bake,step_shelf)\nexport(step_shelf)\nimportFrom(rlang,enquos)\nimportFrom("recipes",bake)\n'
STEP = "from metaflow.decorators import StepDecorator\n\n\nclass Pip(StepDecorator):\n    name = 'pip'\n"
KEYWORDS = "[metadata]\nname = shelf\nkeywords = Azure Machine Learning web services\n"
HOOK = "from kedro.framework.hooks import hook_impl\n"
PIPELINES = 'from kfp import dsl\n\n\ndef pod():\n    return dsl.ContainerOp(name="a", image="b")\n'
PIP = """\
from setuptools import setup

setup(name="shelf", install_requires=["{}"], entry_points={{"{}": ["a = shelf:A"]}})
"""
CFG = """\
[metadata]
name = shelf
[options]
install_requires = kedro
[options.entry_points]
kedro.hooks =
    a = shelf:A
"""
R = "Package: shelf\nImports:\n    R6,\n    mlr3\nSuggests: caret\n"
TASK = "task <- function(rows) mlr3::TaskRegr$new('shelf', rows, 'price')\n"
TOPIC = "Topic :: Scientific/Engineering :: Artificial Intelligence"
SETUP = f'from setuptools import setup\n\nsetup(name="shelf", classifiers=["Typing :: Typed", "{TOPIC}"])\n'
CRATE = '[package]\nname = "shelf"\n{}keywords = ["tensor", "machine-learning"]\n'
NPM = '{{"name": "shelf", {}"keywords": ["machine-learning"]}}\n'
LIB = "pub fn shelf() {}\n"


@pytest.mark.parametrize(
    "files",
    [
        {"pyproject.toml": NEEDS, "shelf/client.py": HELPER},
        {
            "setup.py": 'from setuptools import setup\n\nsetup(name="shelf", install_requires=["mlflow"])\n',
            "shelf/client.py": HELPER,
        },
        {
            "pyproject.toml": f'{PLAIN}classifiers = ["Typing :: Typed", "{TOPIC}"]\n',
            "shelf/client.py": "import httpx\n",
        },
        {"setup.py": SETUP, "shelf/client.py": "import httpx\n"},
        {"pyproject.toml": NEEDS.replace("mlflow>=2", "kfp<2"), "shelf/client.py": PIPELINES},
        {"pyproject.toml": KEDRO.format("kedro") + 'a = "shelf:A"\n', "shelf/__init__.py": HOOK},
        {"pyproject.toml": POETRY + '[tool.poetry.plugins."kedro.hooks"]\na = "shelf:A"\n', "shelf/__init__.py": HOOK},
        {"setup.py": PIP.format("mlflow", "mlflow.artifact_repository"), "shelf/__init__.py": "import httpx\n"},
        {"setup.cfg": CFG, "shelf/__init__.py": HOOK},
        {"DESCRIPTION": R, "R/task.R": TASK},
        {"packages/pyproject.toml": NEEDS, "packages/shelf/client.py": HELPER, **RELEASE},
        {"DESCRIPTION": STEPS, "NAMESPACE": NAMESPACE, "R/step.R": "step_shelf <- function(x) x\n"},
        {"setup.py": PIP.format("metaflow", "x"), "metaflow_extensions/shelf/plugins/step.py": STEP},
        {"setup.py": PIP.format("metaflow", "x"), "src/metaflow_extensions/shelf/plugins/step.py": STEP},
        {"setup.py": PIP.format("spacy", "spacy_factories"), "shelf/__init__.py": "import httpx\n"},
        {"pyproject.toml": f'{PLAIN}keywords = ["data", "machine-learning"]\n', "shelf/client.py": "import httpx\n"},
        {"setup.cfg": KEYWORDS, "shelf/client.py": "import httpx\n"},
        {"Cargo.toml": CRATE.format(""), "src/lib.rs": LIB},
        {"Cargo.toml": CRATE.format("").replace("[package]", "[workspace.package]"), "shelf/src/lib.rs": LIB},
        {"package.json": NPM.format('"types": "dist/index.d.ts", '), "src/index.ts": "export const a = 1\n"},
        {"composer.json": NPM.format(""), "src/Shelf.php": "<?php class Shelf {}\n"},
        {"DESCRIPTION": "Package: shelf\nTitle: Machine Learning on Shelves\n", "R/a.R": "a <- function(x) x\n"},
    ],
    ids=[
        "pyproject",
        "setup",
        "topic",
        "topic-setup",
        "pipelines",
        "plugs-in",
        "poetry",
        "plugs-in-setup",
        "plugs-in-cfg",
        "r",
        "published-from-a-folder",
        "r-namespace",
        "plugs-in-by-folder",
        "plugs-in-by-folder-in-src",
        "plugs-in-by-stated-group",
        "keyword",
        "keyword-in-cfg",
        "crate",
        "crates",
        "npm",
        "composer",
        "r-title",
    ],
)
def test_a_helper_of_a_tool_is_a_library(tmp_path: Path, files: dict[str, str]) -> None:
    assert kind(tmp_path, files) == "ml-library"


@pytest.mark.parametrize(
    "files",
    [
        {"pyproject.toml": NEEDS, "shelf/client.py": "import httpx\n"},
        {"pyproject.toml": PLAIN, "shelf/client.py": HELPER},
        {"pyproject.toml": f'{PLAIN}optional-dependencies = {{ ml = ["mlflow"] }}\n', "shelf/client.py": HELPER},
        {"pyproject.toml": NEEDS, "shelf/client.py": "import httpx\n", "tests/test_it.py": HELPER},
        {"requirements.txt": "mlflow\n", "shelf/client.py": HELPER},
        {"pyproject.toml": PLAIN.replace("httpx", "ray"), "shelf/client.py": "import ray\n\nray.init()\n"},
        {"pyproject.toml": PLAIN.replace("httpx", "joblib"), "shelf/client.py": "from joblib import Memory\n"},
        {"pyproject.toml": KEDRO.format("kedro"), "shelf/__init__.py": HOOK},
        {"pyproject.toml": KEDRO.format("httpx") + 'a = "shelf:A"\n', "shelf/__init__.py": HOOK},
        {"setup.py": PIP.format("apache-airflow", "apache_airflow_provider"), "shelf/__init__.py": "import airflow\n"},
        {"setup.py": PIP.format("pytest", "pytest11"), "shelf/__init__.py": "import pytest\n"},
        {"packages/pyproject.toml": NEEDS, "packages/shelf/client.py": HELPER},
        {"packages/pyproject.toml": PLAIN, "packages/shelf/client.py": "import httpx\n", **RELEASE},
        {"setup.py": PIP.format("metaflow", "x"), "shelf/step.py": STEP},
        {"pyproject.toml": PLAIN.replace("httpx", "spacy"), "spacy_pages/words.py": "import httpx\n"},
        {"setup.py": PIP.format("httpx", "x"), "metaflow_extensions/shelf/plugins/step.py": STEP},
        {"pyproject.toml": f'{PLAIN}keywords = ["learning", "machines"]\n', "shelf/client.py": "import httpx\n"},
        {"DESCRIPTION": STEPS, "NAMESPACE": "# import(recipes)\nexport(recipes)\n", "R/step.R": "a <- function(x) x\n"},
        {"DESCRIPTION": R, "R/task.R": TASK.replace("mlr3::TaskRegr", "R6::R6Class")},
        {"DESCRIPTION": R.replace(",\n    mlr3", ""), "R/task.R": TASK.replace("mlr3", "caret")},
        {"DESCRIPTION": R, "R/task.R": "# mlr3::TaskRegr\n" + TASK.replace("mlr3::", "")},
        {"Cargo.toml": CRATE.format("publish = false\n"), "src/lib.rs": LIB},
        {"Cargo.toml": CRATE.format("").replace("machine-learning", "cli"), "src/lib.rs": LIB},
        {"package.json": NPM.format('"main": "index.js", '), "index.js": "run()\n"},
        {"package.json": NPM.format('"private": true, "files": ["dist"], '), "index.js": "run()\n"},
        {"DESCRIPTION": "Package: shelf\nTitle: Learning with Shelves\n", "R/a.R": "a <- function(x) x\n"},
    ],
    ids=[
        "not-imported",
        "not-needed",
        "extra",
        "in-tests",
        "not-published",
        "other-part",
        "only-stores",
        "project-of-pipelines",
        "plugs-in-where-it-is",
        "orchestrates-anything",
        "tests-anything",
        "in-a-folder-for-itself",
        "published-of-anything",
        "runs-flows",
        "named-like-a-group-of-entry-points",
        "does-not-need-it",
        "other-keywords",
        "r-exports-only",
        "r-of-anything",
        "r-suggested",
        "r-mentioned",
        "crate-kept",
        "crate-of-other-words",
        "application",
        "npm-kept",
        "r-other-title",
    ],
)
def test_what_only_has_a_tool_about_is_no_library(tmp_path: Path, files: dict[str, str]) -> None:
    assert kind(tmp_path, files) == "no-ml"


CALLBACK = """\
import wandb
from keras.callbacks import Callback


class Logger(Callback):
    def on_epoch_end(self, epoch, logs=None):
        wandb.log(logs)
"""
TRAINING = "\n\ndef fit(x, y):\n    from sklearn.svm import SVC\n\n    return SVC().fit(x, y)\n"


@pytest.mark.parametrize(("more", "status"), [("", "weak"), (TRAINING, "present")])
def test_what_a_package_does_for_others_it_does_not_practise(more: str, status: str, tmp_path: Path) -> None:
    needs = '[project]\nname = "shelf"\ndependencies = ["wandb", "keras"]\n'
    files = {"pyproject.toml": needs, "shelf/logger.py": CALLBACK + more}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    judged = assess(str(tmp_path))
    assert next(found.status for found in judged.capabilities if found.id == "experiment-tracking") == status
