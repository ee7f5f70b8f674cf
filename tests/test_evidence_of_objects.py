from __future__ import annotations

import pytest

from mlops_scan import modules
from mlops_scan.evidence import (
    asks_elsewhere,
)
from tests.recognised import found, tool


@pytest.mark.parametrize(
    ("call", "asked"),
    [
        ("from src.ml.factory import Factory\nbest = Factory().best()\nbest.model.fit(x)", True),
        ("from src.ml.factory import Factory\nFactory().model.fit(x)", True),
        ("from src.ml.factory import Factory\nFactory().fit(x)", False),
        ("from src.ml.factory import fit\nfit(x)", False),
        ("from other.factory import Factory\nFactory().best().model.fit(x)", False),
    ],
)
def test_what_hangs_on_a_member_of_an_own_class_is_of_unknown_class(call: str, asked: bool) -> None:
    tools = tool({"fact": "call", "name": [".fit"]})
    assert bool(found(tools, {"src/ml/train.py": call, "src/ml/factory.py": "class Factory: ..."})) is asked


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        ("class Net(tracker.Model): ...", True),
        ("class Net(ABC, tracker.Model): ...", True),
        ("class Net(tracker.Model):\n    def fit(self, rows): ...", False),
        ("class Net(Own): ...\nclass Own: ...", False),
    ],
)
@pytest.mark.parametrize("package", ["import os", None])
def test_a_class_does_what_it_has_from_a_class_of_a_tool(package: str | None, made: str, asked: bool) -> None:
    tools = tool({"fact": "call", "name": ["tracker.*.fit"]})
    train = "from churn.nets import Net\nNet().fit(rows)"
    nets = f"import tracker\nfrom abc import ABC\n{made}"
    files = {"churn/train.py": train, "churn/nets.py": nets, **({"churn/__init__.py": package} if package else {})}
    assert bool(found(tools, files)) is asked


def test_an_unknown_object_needs_an_import_in_its_file() -> None:
    asked = tool({"fact": "call", "name": [".fit"], "imports": ["sklearn.*"]})
    assert found(asked, {"a.py": "from sklearn import svm\ndef go(m):\n    m.fit()\n"})
    assert found(asked, {"b.py": "import other\ndef go(m):\n    m.fit()\n"}) == []


@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [
        ("Churn.client.predict", False),  # a function of a module, whatever its package is called
        ("Churn.client.Factory.best.fit", True),
        ("Churn.client.model.fit", True),
        ("Churn.client.Factory.fit", False),
    ],
)
def test_what_hangs_on_an_object_of_another_module_is_of_unknown_class(name: str, *, elsewhere: bool) -> None:
    known = modules.index(("Churn/__init__.py", "Churn/client.py", "app.py"))
    assert asks_elsewhere(name, "app.py", known) is elsewhere


DATABASE = """
import sqlalchemy as orm
from sqlalchemy.orm import sessionmaker

Session = sessionmaker()
rows = set()


def get_client() -> orm.Client:
    return kept


class Stores:
    @staticmethod
    def client(name):
        return orm.Client(name)

    @staticmethod
    def names():
        return kept
"""


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("from churn.database import Session\nSession.add(row)\n", True),
        ("from churn.database import Session\nwith Session() as session:\n    session.add(row)\n", True),
        ("from churn import database\ndatabase.Session.add(row)\n", True),
        ("from churn.parts import Session\nSession.add(row)\n", True),  # handed on by another module
        ("from churn.database import get_client\nget_client().add(row)\n", True),
        ("from churn.database import orm\norm.session.add(row)\n", True),
        ("from churn.database import Stores\nStores.client('a').add(row)\n", True),
        ("from churn.database import Stores\nStores.names().add(row)\n", False),
        ("from churn.database import rows\nrows.add(row)\n", False),
        ("from churn.other import Session\nSession.add(row)\n", False),  # of which nothing is known
    ],
)
def test_what_an_object_of_another_module_is_made_by_tells_whose_it_is(text: str, stored: bool) -> None:
    files = {
        "churn/__init__.py": "",
        "churn/database.py": DATABASE,
        "churn/parts.py": "from churn.database import Session\n",
        "churn/other.py": "class Session:\n    pass\n",
        "churn/api.py": text,
    }
    signature = {"fact": "call", "name": ["sqlalchemy.*.add"]}
    assert bool(found(tool(signature), files)) is stored
