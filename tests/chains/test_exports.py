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
