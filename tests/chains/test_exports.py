"""Functions that reach a program through other modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

FIT = "from xgboost import XGBClassifier\n\n\ndef fit():\n    XGBClassifier().fit(X, y)\n\n\ndef train():\n    fit()\n"
PARTS = {"churn/train.py": FIT, "churn/other.py": "def other():\n    pass\n", "churn/__init__.py": ""}


@pytest.mark.parametrize(
    ("package", "program", "reached"),
    [
        ("from churn.train import fit", "from churn import fit\nfit()\n", True),
        ("from .train import fit as learn", "import churn\nchurn.learn()\n", True),
        ("from .train import *", "from churn import fit\nfit()\n", True),
        ("from .train import *\nfrom .other import *", "from churn import fit\nfit()\n", True),
        ("from .train import train", "from churn import train\ntrain()\n", True),
        ("", "from churn.train import *\nfrom churn.other import *\nfit()\n", True),
        ("", "from churn.other import *\nfrom churn.train import *\nfit()\n", True),
        ("", "from churn import fit\nfit()\n", False),
        ("from .other import *", "from churn import fit\nfit()\n", False),
        ("from . import train", "from churn import train\ntrain()\n", False),  # calls a module
        ("def use():\n    from .train import fit\n", "from churn import fit\nfit()\n", False),
        ("from churn import fit", "from churn import fit\nfit()\n", False),  # only from itself
        ("", "from churn.train import fit as f\nfrom churn.other import *\nfit()\n", False),
    ],
)
def test_a_name_is_followed_to_the_module_that_defines_it(
    package: str, program: str, reached: bool, graph: Callable[[dict[str, str]], Graph]
) -> None:
    built = graph({**PARTS, "churn/__init__.py": package, "run.py": program})
    acts = {found.evidence.act for found in built.reach((Node("run.py", ""),))}
    assert ("trains" in acts) is reached


SERVICE = """
import joblib


class Service:
    def load(self):
        self.model = joblib.load("churn.joblib")

    def name(self):
        return "churn"


class Other:
    pass


service = Service()
other = Other()
again = make(Service)


def get_service() -> Service:
    return service


def get_made():
    return Service()


def get_name() -> str:
    return service.name()
"""


@pytest.mark.parametrize(
    ("program", "reached"),
    [
        ("from churn.service import service\nservice.load()\n", True),
        ("from churn import service\nservice.service.load()\n", True),
        ("from churn.service import get_service\nget_service().load()\n", True),
        ("from churn.service import get_made\nservice = get_made()\nservice.load()\n", True),
        ("from churn.service import service\nservice.name()\n", False),  # asked for something else
        ("from churn.service import service\n", False),  # not asked
        ("from churn.service import other\nother.load()\n", False),  # of a class that has no such method
        ("from churn.service import again\nagain.load()\n", False),  # who knows what that makes
        ("from churn.service import get_name\nget_name().load()\n", False),
    ],
)
def test_what_is_asked_of_an_object_of_another_module_is_asked_of_its_class(
    program: str, reached: bool, graph: Callable[[dict[str, str]], Graph]
) -> None:
    built = graph({"churn/service.py": SERVICE, "churn/__init__.py": "", "run.py": program})
    acts = {found.evidence.act for found in built.reach((Node("run.py", ""),))}
    assert ("loads" in acts) is reached
