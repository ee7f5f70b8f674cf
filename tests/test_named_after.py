"""Clients, bindings and operators: known by the name and the words that a package gives itself, in any language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.repository import kind

if TYPE_CHECKING:
    from pathlib import Path

GO = "package shelf\n\nfunc Ask() int {\n\treturn 1\n}\n"
JAVA = "class Shelf {}\n"
NPM = '{{"name": "{}", {}"version": "1.0.0"}}\n'
GIVEN = '"types": "index.d.ts", '
POM = "<project>\n<artifactId>{}</artifactId>\n<description>{}</description>\n</project>\n"
NET = "<Project>\n<PropertyGroup>\n<PackageTags>{}</PackageTags>\n</PropertyGroup>\n</Project>\n"
SETUP = 'from setuptools import setup\n\nsetup(name="{}", description="{}")\n'
BUCKET = 'resource "aws_s3_bucket" "shelf" {\n  bucket = "shelf"\n}\n'
CHART = "name: {}\ndescription: {}\n"
SITE = "from flask import Flask\n\napp = Flask(__name__)\n\n@app.route('/')\ndef home():\n    return 'hello'\n"
PYTHON = '[project]\nname = "{}"\ndescription = "{}"\n'


@pytest.mark.parametrize(
    "files",
    [
        {"go.mod": "module example.com/acme/mlflow-go/v2\n", "shelf.go": GO},
        {"go.mod": "module example.com/acme/sagemaker-operator\n", "cmd/main.go": "package main\n\nfunc main() {\n}\n"},
        {"Cargo.toml": '[package]\nname = "mlflow"\n', "src/lib.rs": "pub fn ask() {}\n"},
        {"client/package.json": NPM.format("mlflow-js", GIVEN), "client/index.ts": "export const a = 1\n"},
        {"DESCRIPTION": "Package: sagemaker.shelf\nTitle: Shelves\n", "R/a.R": "a <- function(x) x\n"},
        {"build.sbt": 'name := "mlflow-client"\n', "src/main/scala/Ask.scala": "class Ask\n"},
        {"settings.gradle": "rootProject.name = 'mlflow-client'\n", "src/main/java/Shelf.java": JAVA},
        {"sklearn.opam": 'synopsis: "Shelves"\n', "lib/ask.ml": "let a = 1\n"},
        {"CMakeLists.txt": "project(wandb-cpp)\n", "src/ask.cpp": "int ask() { return 1; }\n"},
        {"setup.py": SETUP.format("mlflow-rest", "Asks a server."), "shelf/a.py": "import httpx\n"},
        {"pyproject.toml": PYTHON.format("shelf", "Shelves for machine learning"), "shelf/a.py": "import httpx\n"},
        {"pom.xml": POM.format("shelf", "Deep learning on shelves"), "src/main/java/Shelf.java": JAVA},
        {"src/Shelf/Shelf.csproj": NET.format("csharp machinelearning"), "src/Shelf/Shelf.cs": JAVA},
        {"charts/a/Chart.yaml": CHART.format("metaflow", "Shelves"), "charts/a/values.yaml": "a: 1\n"},
        {
            "charts/a/Chart.yaml": CHART.format("metaflow", "Shelves"),
            "main.tf": BUCKET,
            "release.sh": "helm push a.tgz oci://a\n",
        },
        {"Chart.yaml": CHART.format("metaflow", "Shelves"), "main.tf": BUCKET},
    ],
    ids=[
        "go",
        "operator",
        "rust",
        "npm",
        "r",
        "sbt",
        "gradle",
        "opam",
        "cmake",
        "setup",
        "about",
        "pom",
        "net",
        "chart",
        "published-chart",
        "chart-of-all",
    ],
)
def test_what_goes_with_a_tool_by_its_name_is_a_library(tmp_path: Path, files: dict[str, str]) -> None:
    assert kind(tmp_path, files) == "ml-library"


@pytest.mark.parametrize(
    "files",
    [
        {"go.mod": "module example.com/mlflow/shelf\n", "shelf.go": GO},
        {"go.mod": "module example.com/acme/htmlflow\n", "shelf.go": GO},
        {
            "client/package.json": NPM.format("mlflow-site", '"private": true, '),
            "client/index.ts": "export const a = 1\n",
        },
        {"tests/setup.py": SETUP.format("mlflow-rest", "Asks a server."), "shelf/a.py": "import httpx\n"},
        {
            "plugins/a/setup.py": SETUP.format("shelf-mlflow", "Asks a server."),
            "plugins/b/setup.py": SETUP.format("shelf-mail", "Writes letters."),
        },
        {
            "setup.py": SETUP.format("shelf", "Shelves."),
            "plugins/a/setup.py": SETUP.format("shelf-mlflow", "Asks a server."),
        },
        {"pyproject.toml": PYTHON.format("shelf", "Learn of machines"), "shelf/a.py": "import httpx\n"},
        {"charts/mlflow/Chart.yaml": CHART.format("mlflow", "A chart"), "main.tf": BUCKET},
        {"README.md": "# mlflow-go\n\nMachine learning\n", "go.mod": "module shelf\n", "shelf.go": GO},
        {"config.yaml": "name: mlflow\ndescription: machine learning\n", "shelf.go": GO},
        {"pyproject.toml": PYTHON.format("site", "Site of our machine learning course"), "site.py": SITE},
    ],
    ids=[
        "owner",
        "part-of-a-word",
        "kept",
        "in-tests",
        "one-of-many",
        "a-part",
        "other-words",
        "chart-beside-infrastructure",
        "said-only",
        "settings",
        "application",
    ],
)
def test_what_only_has_the_name_about_is_no_library(tmp_path: Path, files: dict[str, str]) -> None:
    assert kind(tmp_path, files) == "no-ml"


def test_what_is_made_with_a_library_is_none(tmp_path: Path) -> None:
    said = "Predicts who leaves, using the scikit-learn library for the forest."
    train = "from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"
    assert kind(tmp_path, {"pyproject.toml": PYTHON.format("leavers", said), "train.py": train}) == "ml-system"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("PyTorch extension for OpenML", "ml-library"),
        ("A thin wrapper around the forest", "ml-library"),
        ("A browser extension for readers", "ml-system"),  # which people run
        ("Finds the extension of a file", "ml-system"),
        ("Predicts who leaves, as a service", "ml-system"),
    ],
)
def test_what_is_called_by_other_code_is_a_library_though_it_is_run_here_too(
    tmp_path: Path, said: str, told: str
) -> None:
    train = "from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"
    assert kind(tmp_path, {"pyproject.toml": PYTHON.format("leavers", said), "train.py": train}) == told
