"""Classes whose methods a framework calls, and what classes have from each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

Build = "Callable[[dict[str, str]], Graph]"
DOCKERFILE = 'FROM python:3.12\nCOPY . .\nCMD ["python", "serve.py"]\n'
PLAIN = "class Scorer:\n    def setup(self):\n        self.model = joblib.load('churn.joblib')\n"
LITSERVE = PLAIN.replace("Scorer", "Scorer(LitAPI)")
SERVE = "import joblib\nfrom litserve import LitAPI, LitServer\n\n{}\nLitServer(Scorer()).run()\n"


def reached(graph: Graph, *, answers: bool = True) -> list[str]:
    start = Node("Dockerfile", "")
    return [found.evidence.act for found in graph.reach((start,), answers=answers)]


@pytest.mark.parametrize(("code", "loads"), [(LITSERVE, True), (PLAIN, False)])
def test_a_framework_calls_the_methods_of_a_class_that_serves(
    graph: Callable[[dict[str, str]], Graph], code: str, *, loads: bool
) -> None:
    assert ("loads" in reached(graph({"Dockerfile": DOCKERFILE, "serve.py": SERVE.format(code)}))) == loads


def test_a_class_serves_that_is_made_from_one_that_does(graph: Callable[[dict[str, str]], Graph]) -> None:
    base = "from litserve import LitAPI\n\nclass Base(LitAPI):\n    def predict(self, row):\n        pass\n"
    code = f"from base import Base\n{PLAIN.replace('Scorer', 'Scorer(Base)')}"
    files = {"Dockerfile": DOCKERFILE, "base.py": base, "serve.py": SERVE.format(code)}
    assert "loads" in reached(graph(files))


LOADER = (
    "import joblib\n\nclass Loader:\n    @classmethod\n    def load(cls):\n        return joblib.load('churn.joblib')\n"
)
MADE = "import joblib\n\nclass Loader:\n    def __init__(self):\n        self.model = joblib.load('churn.joblib')\n"


@pytest.mark.parametrize(
    ("loader", "scorer", "call", "loads"),
    [
        (LOADER, "class Scorer(Loader):\n    pass\n", "Scorer.load()", True),
        (LOADER, "class Scorer(Loader):\n    def load(self):\n        return None\n", "Scorer.load()", False),
        (LOADER, "class Scorer(Loader):\n    pass\n", "Scorer()", False),
        (LOADER, "class Scorer:\n    pass\n", "Scorer.load()", False),
        (MADE, "class Scorer(Loader):\n    pass\n", "Scorer()", True),
        (MADE, "class Scorer(Loader):\n    def __init__(self):\n        self.model = None\n", "Scorer()", False),
    ],
)
@pytest.mark.parametrize("file", ["scorer.py", "serve.py"])
def test_a_class_has_what_the_classes_have_that_it_is_made_from(
    graph: Callable[[dict[str, str]], Graph], loader: str, scorer: str, call: str, file: str, *, loads: bool
) -> None:
    files = {"Dockerfile": DOCKERFILE, "loader.py": loader, "serve.py": f"from scorer import Scorer\n{call}\n"}
    scorer = f"from loader import Loader\n\n{scorer}"
    files |= {file: scorer} if file == "scorer.py" else {file: f"{scorer}\n{call}\n"}
    assert ("loads" in reached(graph(files))) == loads


def test_classes_made_from_each_other_end_a_search(graph: Callable[[dict[str, str]], Graph]) -> None:
    code = "class A(B):\n    pass\n\nclass B(A):\n    pass\n\nA.load()\nA()\n"
    assert reached(graph({"Dockerfile": DOCKERFILE, "serve.py": code})) == []
