"""What a library only offers to others is told from what it does itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.scan import assess

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = {
    "pyproject.toml": '[project]\nname = "shelf"\nclassifiers = ["Programming Language :: Python :: 3"]\n',
    ".github/workflows/release.yml": "on: {push: {tags: ['v*']}}\njobs: {go: {steps: [{run: twine upload dist/*}]}}\n",
    "shelf/fitting.py": "from sklearn.svm import SVC\n\n\ndef fit(x, y):\n    return SVC().fit(x, y)\n",
}
LOGGER = "import mlflow\n\n\ndef log(value):\n    mlflow.log_metric('auc', value)\n"
RUN = "from shelf.logger import log\n\nlog(1)\n"
TRACKED = f"from sklearn.svm import SVC\n{LOGGER}\n\ndef search(x, y):\n    SVC().fit(x, y)\n    log(1)\n"


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        ({"shelf/logger.py": LOGGER}, "weak"),
        ({"tests/test_logger.py": RUN, "shelf/logger.py": LOGGER}, "weak"),  # a test of what it offers
        ({"bench.py": RUN, "shelf/logger.py": LOGGER}, "present"),
        ({"shelf/search.py": TRACKED}, "present"),
    ],
)
def test_a_logger_of_a_library_tracks_where_the_library_itself_uses_it(
    tmp_path: Path, texts: dict[str, str], status: str
) -> None:
    for name, text in {**PACKAGE, **texts}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = assess(str(tmp_path))
    assert found.kind == "ml-library"
    assert next(one.status for one in found.capabilities if one.id == "experiment-tracking") == status
