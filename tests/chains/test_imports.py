"""Modules that are imported: what the fixtures of links do not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import scan

if TYPE_CHECKING:
    from pathlib import Path

MODEL = 'import joblib\nmodel = joblib.load("churn.joblib")\n\ndef score(row):\n    return model.predict([row])\n'
APP = "from fastapi import FastAPI\nfrom {} import score\napp = FastAPI()\n"
DOCKERFILE = 'FROM python:3.12\nCOPY . .\nCMD ["uvicorn", "app:app"]\n'


def status(folder: Path, files: dict[str, str], capability: str = "low-friction-deployment") -> str:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    found = scan.assess(str(folder)).capabilities
    return next(item.status for item in found if item.id == capability)


@pytest.mark.parametrize("module", ["scoring", "model.scoring"])
def test_a_service_loads_what_the_modules_load_that_it_imports(tmp_path: Path, module: str) -> None:
    files = {"Dockerfile": DOCKERFILE, "app.py": APP.format(module), f"{module.replace('.', '/')}.py": MODEL}
    assert status(tmp_path, files) == "present"


def test_an_import_of_a_function_comes_where_the_function_runs(tmp_path: Path) -> None:
    app = "from fastapi import FastAPI\napp = FastAPI()\n\n@app.get('/')\ndef ask():\n    from scoring import score\n"
    assert status(tmp_path, {"Dockerfile": DOCKERFILE, "app.py": app, "scoring.py": MODEL}) == "present"


def test_a_module_that_nothing_imports_loads_nothing(tmp_path: Path) -> None:
    app = "from fastapi import FastAPI\napp = FastAPI()\n"
    assert status(tmp_path, {"Dockerfile": DOCKERFILE, "app.py": app, "scoring.py": MODEL}) == "absent"


HANDLER = "    def get(self):\n        return joblib.load('churn.joblib').predict([[1]])\n"
RESOURCE = (
    "import joblib\nfrom flask_restx import Namespace, Resource\nfrom main import api\n\n{}class Ask(Resource):\n"
)


@pytest.mark.parametrize(
    ("routes", "found"),
    [
        (RESOURCE.format("@api.route('/')\n") + HANDLER, "present"),
        (RESOURCE.format("own = Namespace('own')\n\n@own.route('/')\n") + HANDLER, "absent"),
    ],
)
def test_an_import_gives_handlers_to_an_application_of_another_file(tmp_path: Path, routes: str, found: str) -> None:
    made = "from flask import Flask\nfrom flask_restx import Api\napp = Flask(__name__)\napi = Api(app)\n"
    app = f"{made}import routes\n"
    dockerfile = DOCKERFILE.replace("app:app", "main:app").replace("uvicorn", "gunicorn")
    assert status(tmp_path, {"Dockerfile": dockerfile, "main.py": app, "routes.py": routes}) == found


def test_modules_that_are_imported_are_no_steps_of_a_pipeline(tmp_path: Path) -> None:
    rows = "import pandas as pd\nrows = pd.read_csv('rows.csv').dropna()\n"
    model = "from rows import rows\nfrom xgboost import XGBClassifier\nmodel = XGBClassifier().fit(rows, rows)\n"
    files = {"main.py": "import rows\nimport model\n", "rows.py": rows, "model.py": model}
    assert status(tmp_path, files, "training-pipeline") == "absent"
