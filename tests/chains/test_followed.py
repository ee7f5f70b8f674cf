from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

PROMOTE = """\
from mlflow.tracking import MlflowClient

MlflowClient().set_registered_model_alias("churn", "champion", 3)
"""

LOADER = """\
import mlflow


def newest():
    client = mlflow.MlflowClient()
    return client.get_model_version_by_alias("churn", "champion").version
"""

SERVICE = """\
import threading
import time
from contextlib import asynccontextmanager

import mlflow
from fastapi import FastAPI

from loader import newest


def version():
    return mlflow.MlflowClient().get_model_version_by_alias("churn", "champion").version


def watch():
    while True:
        {watching}
        time.sleep(60)


@asynccontextmanager
async def lifespan(app):
    version()
    threading.Thread(target=watch).start()
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/predict")
def predict(tenure: int):
    {answering}
    return 0
"""


@pytest.mark.parametrize(
    ("answering", "watching", "deploys"),
    [
        ("version()", "pass", True),
        ("newest()", "pass", True),  # in a module of its own
        ("pass", "version()", True),
        ("pass", "pass", False),  # looked up once, as the service starts
    ],
)
def test_a_name_is_followed_by_what_looks_it_up_again(
    answering: str, watching: str, deploys: bool, graph: Callable[[dict[str, str]], Graph]
) -> None:
    files = {"api.py": SERVICE.format(answering=answering, watching=watching), "loader.py": LOADER, "move.py": PROMOTE}
    acts = {found.act for node, acts in graph(files).acts.items() if node.path == "move.py" for found in acts}
    assert ("deploys" in acts) is deploys


def test_training_on_a_schedule_that_looks_the_champion_up_serves_nobody(
    graph: Callable[[dict[str, str]], Graph],
) -> None:
    served = SERVICE.format(answering="pass", watching="pass")
    compare = f"import time\n\nfrom loader import newest\n\n{PROMOTE}\nwhile True:\n    newest()\n    time.sleep(60)\n"
    acts = graph({"api.py": served, "loader.py": LOADER, "compare.py": compare}).acts
    assert not any(found.act == "deploys" for done in acts.values() for found in done)
