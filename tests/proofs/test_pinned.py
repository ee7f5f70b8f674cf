from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

TRAIN = {"train.py": "from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"}


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        ({"requirements.txt": "scikit-learn==1.5\n"}, "present"),
        ({"requirements.txt": "scikit-learn>=1.5\n", "requirements-dev.txt": "ruff==0.1\n"}, "absent"),
        ({"requirements-dev.txt": "scikit-learn==1.5\n"}, "present"),  # nothing else says what is needed to run
        ({"requirements-train.txt": "scikit-learn>=1.5\n", "requirements-app.txt": "scikit-learn==1.5\n"}, "absent"),
        ({"requirements-app.txt": "scikit-learn==1.5\n"}, "present"),  # what trains has nothing else
        ({"requirements-train.txt": "scikit-learn>=1.5\n", "requirements-eda.txt": "pandas==2.2\n"}, "absent"),
        ({"requirements.txt": "-r base.txt\nscikit-learn==1.5\n", "base.txt": "pandas>=2\n"}, "present"),  # not read
        (
            {"requirements.txt": "-r requirements-base.txt\npandas==2\n", "requirements-base.txt": "scikit-learn>=1\n"},
            "absent",
        ),
        (
            {"requirements.txt": "-r requirements-base.txt\npandas==2\n", "requirements-base.txt": "scikit-learn==1\n"},
            "present",
        ),
        ({"requirements-mapping.txt": "scikit-learn==1.5\n", "requirements.txt": "scikit-learn>=1.5\n"}, "present"),
        ({"requirements.txt": "scikit-learn>=1.5\n", "requirements-train.txt": "scikit-learn==1.5\n"}, "present"),
        ({"requirements.txt": "scikit-learn>=1.5\n", "requirements-docker.txt": "scikit-learn==1.5\n"}, "present"),
    ],
)
def test_pinned_tools_of_development_and_applications_pin_no_training(
    answer: Callable[[str, dict[str, str]], Answer], texts: dict[str, str], status: str
) -> None:
    assert answer("reproducible-environment", {**TRAIN, **texts}).status == status
