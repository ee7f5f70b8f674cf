"""A package that trains a model and registers it, for tests of what decides between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlops_scan.assessment import Answer

TRAIN = "from sklearn.svm import SVC\nSVC().fit(x, y)\n"
PUSH = "import mlflow\n\ndef push():\n    mlflow.register_model('runs:/1', 'churn')\n"
RESULT = "class Result:\n    def __init__(self, accepted):\n        self.accepted = accepted\n"


def files_of(**texts: str) -> dict[str, str]:
    texts = {"train": TRAIN, "push": PUSH, "result": RESULT, **texts}
    return {f"churn/{name}.py": text for name, text in texts.items()}


def is_present(found: Answer) -> bool:
    return found.status == "present"
