from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import apart, catalogue, chains, facts, maturity, modules
from mlops_scan.assessment import Origin
from mlops_scan.evidence import FileFacts, recognise
from mlops_scan.sources import roles

if TYPE_CHECKING:
    from mlops_scan.assessment import Known

FIT = "from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"
ASKS = "import joblib\n\njoblib.load('churn.joblib')\n"
PINNED = "scikit-learn==1.5.0\n"


def known(files: dict[str, str]) -> Known:
    stated = tuple(
        FileFacts(path, roles.role(path), facts.read(path, text.encode()).facts) for path, text in files.items()
    )
    index = modules.index(files)
    evidence = recognise(catalogue.load(), stated, index)
    return maturity.known(stated, evidence, chains.build(stated, evidence, index), None)


@pytest.mark.parametrize(
    ("files", "others"),
    [
        ({"service/requirements.txt": PINNED, "service/app.py": ASKS, "train.py": FIT}, {"service/requirements.txt"}),
        (
            {"service/requirements.txt": PINNED, "service/src/app.py": ASKS, "a/fit.py": FIT},
            {"service/requirements.txt"},
        ),
        ({"ml/requirements.txt": PINNED, "ml/src/train.py": FIT, "ml/app.py": ASKS}, set()),
        ({"requirements.txt": PINNED, "app.py": ASKS, "ml/train.py": FIT}, set()),  # the root's are everyone's
        ({"environments/requirements.txt": PINNED, "ml/train.py": FIT}, set()),  # no code: it is for others
        ({"service/requirements.txt": PINNED, "service/app.py": ASKS}, set()),  # nobody trains
    ],
)
def test_dependencies_of_a_folder_with_other_work_are_apart(files: dict[str, str], others: set[str]) -> None:
    assert apart.found(known(files), ["trains"]) == others


WEB = {"web/package.json": '{"dependencies": {"react": "^19.0.0"}}', "web/src/page.jsx": "render();\n"}


@pytest.mark.parametrize(
    ("files", "status"),
    [
        (WEB, "present"),  # of a page alone they are its dependencies
        ({**WEB, "train.py": FIT}, "weak"),
        ({**WEB, "train.py": FIT, "requirements.txt": "scikit-learn\n"}, "present"),
        ({"package.json": WEB["web/package.json"], "api/train.py": FIT}, "weak"),  # in the root they are no more
        ({"package.json": WEB["web/package.json"], "api/train.py": FIT, "api/requirements.txt": "a\n"}, "present"),
        ({"go.mod": "module a.example/b\n", "go.sum": "", "main.go": "package main\n", "train.py": FIT}, "weak"),
        ({"package.json": WEB["web/package.json"], "ask.js": "const m = await tf.loadGraphModel('/m');\n"}, "present"),
        ({**WEB, "web/src/page.jsx": "const model = await tf.loadGraphModel('/m');\n", "train.py": FIT}, "present"),
    ],
)
def test_packages_of_a_page_are_not_those_of_a_model(files: dict[str, str], status: str) -> None:
    found = maturity.assess(known(files), Origin("churn", None, "worktree")).capabilities
    assert next(answer for answer in found if answer.id == "dependency-management").status == status
