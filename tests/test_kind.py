"""Systems told from libraries: whether what trains is run here, and what a package says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.repository import kind

if TYPE_CHECKING:
    from pathlib import Path

FIT = "from sklearn.svm import SVC\n\n\ndef fit(x, y):\n    return SVC().fit(x, y)\n"
RUN = "from shelf.fitting import fit\n\nfit([[1], [2]], [0, 1])\n"
APP = "from fastapi import FastAPI\n\nfrom shelf.fitting import fit\n\napp = FastAPI()\n\n\n@app.post('/fit')\ndef ask(x, y):\n    return fit(x, y)\n"  # noqa: E501
MAIN = "def main(task):\n    task.run()\n\n\nif __name__ == '__main__':\n    main(None)\n"
JULIA = 'name = "Shelf"\nuuid = "587475ba-b771-5e3f-ad9e-33799f191a9c"\n'
FLUX = "using Flux\n\nfunction fit!(model, rows, opt)\n    Flux.train!(loss, model, rows, opt)\nend\n"
CLIENT = """\
import boto3


def put(name):
    boto3.client("sagemaker").create_endpoint(EndpointName=name)
"""
NAMED = '[project]\nname = "shelf"\ndependencies = ["scikit-learn"]\n'
OFFERED = {"pyproject.toml": NAMED + 'classifiers = ["Programming Language :: Python :: 3"]\n', "shelf/fitting.py": FIT}
PLAIN = {"pyproject.toml": NAMED, "shelf/fitting.py": FIT}
SETUP = """\
from setuptools import setup

setup(name="shelf", classifiers=["Topic :: Software Development :: Libraries"])
"""
CFG = "[metadata]\nname = shelf\nclassifiers =\n    Development Status :: 4 - Beta\n    License :: OSI Approved\n"
RELEASE = """\
on: {{push: {{tags: ["v*"]}}}}
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - run: {}
"""
PUBLISHES = {".github/workflows/release.yml": RELEASE.format("twine upload dist/*")}
DEPLOYS = {".github/workflows/deploy.yml": RELEASE.format("gcloud run deploy shelf --source .")}
RUST = "use candle_nn::Optimizer;\npub fn step(o: &mut AdamW, l: &Tensor) {\n    o.backward_step(l).unwrap();\n}\n"
CRATE = '[package]\nname = "shelf"\n'
GO = 'package shelf\nimport "github.com/sjwhitworth/golearn/knn"\nfunc go() { k := knn.New()\nk.Fit(rows) }\n'
OWN = "class Shelf:\n    def fit(self, x, y):\n        self.y = y\n\n    def predict(self, x):\n        return self.y\n"


@pytest.mark.parametrize(
    "files",
    [
        OFFERED,
        {"setup.py": SETUP, "shelf/fitting.py": FIT},
        {"setup.cfg": CFG, "shelf/fitting.py": FIT},
        {"pyproject.toml": NAMED + 'keywords = ["shelves"]\n', "shelf/fitting.py": FIT},
        {"python/pyproject.toml": OFFERED["pyproject.toml"], "python/shelf/fitting.py": FIT},
        {**OFFERED, "shelf/client.py": CLIENT},
        PLAIN,
        {"Project.toml": JULIA, "src/Shelf.jl": FLUX},
        {**OFFERED, "tests/test_fit.py": RUN},
        {**OFFERED, "examples/run.py": RUN},
        {**PLAIN, **PUBLISHES, "train.py": RUN},
        {**PLAIN, **PUBLISHES, **DEPLOYS},
        {"Cargo.toml": CRATE, "src/lib.rs": "mod fit;\n", "src/fit.rs": RUST},
        {"Cargo.toml": CRATE, "src/lib.rs": "mod fit;\n", "src/fit.rs": RUST, "examples/main.rs": RUST},
        {"go.mod": "module shelf\n", "shelf.go": GO},
        {"pyproject.toml": NAMED, "shelf/own.py": OWN},
        {
            "pyproject.toml": NAMED + 'description = "A Python library for shelves"\n',
            "shelf/fitting.py": FIT,
            "a.py": RUN,
        },
    ],
    ids=[
        "pyproject",
        "setup",
        "cfg",
        "keywords",
        "in-a-folder",
        "deploys-for-others",
        "no-program",
        "julia",
        "tested",
        "shown",
        "published",
        "published-and-its-pages-deployed",
        "rust",
        "rust-shown",
        "go",
        "own-algorithm",
        "calls-itself-a-library",
    ],
)
def test_what_others_are_to_use_is_a_library(tmp_path: Path, files: dict[str, str]) -> None:
    assert kind(tmp_path, files) == "ml-library"


@pytest.mark.parametrize(
    "files",
    [
        {**PLAIN, "main.py": MAIN},
        {**PLAIN, "pyproject.toml": NAMED + '[project.scripts]\nshelf = "shelf.cli:main"\n'},
        {"shelf/fitting.py": FIT},
        {"Project.toml": JULIA, "src/Shelf.jl": FLUX, "train.jl": FLUX},
        {"Project.toml": JULIA.replace("uuid", "authors"), "src/Shelf.jl": FLUX},
        {**OFFERED, "train.py": RUN},
        {**OFFERED, "Makefile": "train:\n\tpython -c 'import shelf.fitting as f; f.fit([[1], [2]], [0, 1])'\n"},
        {**OFFERED, "app.py": APP},
        {
            "pyproject.toml": NAMED + 'description = "Finds a library its readers"\n',
            "shelf/fitting.py": FIT,
            "a.py": RUN,
        },
        {**DEPLOYS, "pyproject.toml": NAMED + 'description = "Shelf toolkit"\n', "shelf/fitting.py": FIT, "a.py": RUN},
        {**OFFERED, **DEPLOYS},
        {"shelf/fitting.py": FIT, "docs/pyproject.toml": OFFERED["pyproject.toml"]},
        {**PLAIN, **PUBLISHES, **DEPLOYS, "train.py": RUN},
        {"Cargo.toml": CRATE, "src/main.rs": RUST},
        {"Cargo.toml": CRATE, "src/lib.rs": "mod fit;\n", "src/fit.rs": RUST, "src/bin/run.rs": "fn main() {}\n"},
        {"Cargo.toml": CRATE + '[[bin]]\nname = "run"\npath = "src/run.rs"\n', "src/lib.rs": "", "src/fit.rs": RUST},
        {"go.mod": "module shelf\n", "shelf.go": GO, "cmd/run/run.go": "package main\n"},
        {"go.mod": "module shelf\n", "shelf.go": GO, "server.go": "package main\n\nfunc main() {\n}\n"},
        {"shelf.go": GO},
        {"own.py": OWN, "main.py": "from own import Shelf\n\nShelf().fit(x, y)\n"},
    ],
    ids=[
        "dispatches-in-ways-of-its-own",
        "installs-a-command",
        "no-package",
        "julia-script",
        "julia-project",
        "trains",
        "trains-by-make",
        "serves",
        "of-a-library-with-shelves",
        "toolkit-that-is-deployed",
        "deployed",
        "of-the-docs",
        "its-own-wheel",
        "rust-program",
        "rust-program-beside",
        "rust-program-that-is-named",
        "go-program-beside",
        "go-program",
        "go-without-module",
        "own-algorithm-without-package",
    ],
)
def test_what_is_run_here_is_a_system(tmp_path: Path, files: dict[str, str]) -> None:
    assert kind(tmp_path, files) == "ml-system"


@pytest.mark.parametrize(
    "text",
    [
        'import pickle\n\nwith open("token.pickle", "rb") as stream:\n    login = pickle.load(stream)\n',
        "import pickle\n\n\ndef heard(socket):\n    return pickle.loads(socket.recv(1024))\n",
    ],
    ids=["token", "message"],
)
def test_what_any_program_keeps_is_no_machine_learning(tmp_path: Path, text: str) -> None:
    assert kind(tmp_path, {"mail.py": text}) == "no-ml"


FEATURES = """\
from feast import FeatureView

visits = FeatureView(name="visits", entities=[], source=source)
"""
VERSIONS = """\
from mlflow import MlflowClient

print(MlflowClient().get_latest_versions("shelf"))
"""


@pytest.mark.parametrize("text", [FEATURES, VERSIONS], ids=["features", "versions"])
def test_what_is_only_there_for_models_is_machine_learning(tmp_path: Path, text: str) -> None:
    assert kind(tmp_path, {"work.py": text}) == "ml-system"


@pytest.mark.parametrize(
    "files",
    [
        {
            "requirements.txt": "feast\nmlflow\nxgboost\n",
            "work.py": "import pandas as pd\n\npd.read_csv('a').dropna()\n",
        },
        {"work.py": "import mlflow\n\nmlflow.start_run()\nmlflow.log_metric('rows', 3)\n"},
    ],
    ids=["declared", "logs-other-work"],
)
def test_tools_of_models_that_serve_other_work_are_no_machine_learning(tmp_path: Path, files: dict[str, str]) -> None:
    assert kind(tmp_path, files) == "no-ml"


def test_a_file_called_after_a_train_is_no_machine_learning(tmp_path: Path) -> None:
    assert (
        kind(tmp_path, {"server/train_data.cpp": "int trains() { return 0; }\n", "train.go": "package rail\n"})
        == "no-ml"
    )


@pytest.mark.parametrize(
    "text",
    [
        'import pickle\n\nmodel = pickle.load(open("model.pkl", "rb"))\n',
        "import pickle\n\n\ndef ask(stream, row):\n    return pickle.load(stream).predict(row)\n",
        'import joblib\n\nmodel = joblib.load("a.joblib")\n',
    ],
    ids=["called-a-model", "predicts", "joblib"],
)
def test_a_stored_model_is_machine_learning(tmp_path: Path, text: str) -> None:
    assert kind(tmp_path, {"score.py": text}) == "ml-system"


def test_a_project_called_like_a_product_is_not_its_package(tmp_path: Path) -> None:
    train = {"churn/train.py": f"{FIT}\n\nfit([[1], [2]], [0, 1])\n"}
    named = '[project]\nname = "{}"\n'
    assert kind(tmp_path / "a", {"pyproject.toml": named.format("snowflake-ml"), **train}) == "ml-system"
    assert kind(tmp_path / "b", {"pyproject.toml": named.format("snowflake-ml-python"), **train}) == "ml-library"
