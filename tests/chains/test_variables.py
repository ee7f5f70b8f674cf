from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node
from mlops_scan.chains.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

JOB = "\nfrom sagemaker.processing import ScriptProcessor\nScriptProcessor().run(code={})\n"
COMPOSE = "services:\n  job:\n    image: churn\n    environment:\n      - SCRIPT={}\n"


@pytest.mark.parametrize(
    ("read", "files", "runs"),
    [
        ("S = os.environ['SCRIPT']", {"compose.yml": COMPOSE.format("train.py")}, ["train.py"]),
        ("S = os.environ.get('SCRIPT')", {"ci.yml": "variables:\n- {name: SCRIPT, value: train.py}\n"}, ["train.py"]),
        ("S = os.getenv('SCRIPT', 'score.py')", {"ci.yml": "env: {SCRIPT: train.py}\n"}, ["train.py"]),
        ("S = os.getenv('SCRIPT', default='score.py')", {}, ["score.py"]),
        ("S = os.getenv('SCRIPT')", {}, []),
        ("S = os.getenv('SCRIPT')", {"a.yml": "env: {SCRIPT: train.py}\n", "b.yml": "env: {SCRIPT: score.py}\n"}, []),
        ("os.getenv('SCRIPT', 'score.py')\nS = 'train.py'", {}, ["train.py"]),
    ],
)
def test_a_script_is_what_the_environment_says(
    graph: Callable[[dict[str, str]], Graph], read: str, files: dict[str, str], runs: list[str]
) -> None:
    code = {"submit.py": f"import os\n{read}{JOB.format('S')}", "train.py": "print(1)\n", "score.py": "print(2)\n"}
    found = graph({**code, **files})
    edges = found.edges.get(Node("submit.py", ""), ())
    assert [edge.target.path for edge in edges if not edge.target.unit] == runs


def test_attributes_of_other_modules_are_read_too(graph: Callable[[dict[str, str]], Graph]) -> None:
    settings = (
        "import os\nclass A:\n    one = os.getenv('X', 'train.py')\nclass B:\n    one = os.getenv('Y', 'score.py')\n"
    )
    own = "class C:\n    def __init__(self):\n        self.two = os.getenv('Z', 'other.py')\n"
    code = f"from settings import A, B, C\n{JOB.format('A().one')}{JOB.format('C().two')}"
    scripts = dict.fromkeys(("train.py", "score.py", "other.py"), "print(1)\n")
    found = graph({"settings.py": settings + own, "submit.py": code, **scripts})
    runs = [edge.target.path for edge in found.edges[Node("submit.py", "")]]
    assert {"train.py", "other.py"}.intersection(runs) == {"train.py", "other.py"}
    assert "score.py" not in runs


def test_variables_that_ask_for_others_twice_do_not_grow() -> None:
    given = {f"V{number}": frozenset({f"$(V{number + 1})$(V{number + 1})"}) for number in range(40)}
    known = Variables(given, {}, frozenset())
    assert known.filled("ci.yml", "$(V0)") == "$(V1)$(V1)"
    assert known.filled("ci.yml", "${{variables.V39}}/$(X)") == "$(V40)$(V40)/$(X)"
