"""On generated pasts, each point is what a scan of its commit says."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlops_scan import scan
from mlops_scan.history import Choice
from tests.history.course_of import as_scanned, begun, commit, points, turns
from tests.repository import FILES, TEST, WORKFLOW

MAKE = "train:\n\tpython churn/train.py\n"
# texts that files take on in turn: some state the same on other lines, some are broken, some are there for a while
TEXTS: dict[str, tuple[str, ...]] = {
    "churn/train.py": (
        FILES["churn/train.py"],
        "# moved\n\n" + FILES["churn/train.py"],
        FILES["churn/train.py"] + '\n\ntrain([[1], [2]], [0, 1])\nprint("done")\n',
        "def train(:\n",
    ),
    "churn/features.py": (FILES["churn/features.py"], "import mlflow\n\nmlflow.log_metric('auc', 1)\n"),
    "mlflow.py": ("def log_metric(*_):\n    pass\n",),
    "sklearn/__init__.py": ("",),
    TEST: (FILES[TEST], FILES[TEST].replace("assert", "print"), "\n\n" + FILES[TEST]),
    WORKFLOW: (
        FILES[WORKFLOW],
        FILES[WORKFLOW].replace("push", "workflow_dispatch"),
        "on:\n  schedule:\n    - cron: '0 3 * * 1'\njobs:\n  train:\n    steps:\n      - run: make train\n",
    ),
    "Makefile": (MAKE, MAKE.replace("train.py", "gone.py")),
    "examples/demo.py": (FILES["churn/train.py"],),
    "pyproject.toml": ('[project]\nname = "churn"\ndependencies = ["mlflow==2.0"]\n', '[project]\nname = "mlflow"\n'),
    "README.md": ("# Churn\n", "# Churn, again\n"),
}
STEPS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(sorted(TEXTS)), st.integers(-1, 3), max_size=3),
        st.sampled_from(["ada", "grace"]),
    ),
    min_size=2,
    max_size=8,
)


def made(root: Path, steps: list[tuple[dict[str, int], str]]) -> Path:
    begun(root)
    there: set[str] = set()
    for day, (asked, who) in enumerate([({"churn/train.py": 0, TEST: 0}, "ada"), *steps]):
        texts = {path: None if which < 0 else TEXTS[path][which % len(TEXTS[path])] for path, which in asked.items()}
        files = {path: text for path, text in texts.items() if text is not None or path in there}
        commit(root, 3 * day, files, who=who)
        there = (there | set(files)) - {path for path, text in files.items() if text is None}
    return root


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_each_point_is_what_a_scan_of_its_commit_says(steps: list[tuple[dict[str, int], str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = made(Path(folder, "churn"), steps)
        found = points(root)
        assert len(found) == len(steps) + 1
        for point in found:
            as_scanned(root, point)
        head = scan.assess(str(root))
        assert found[-1].capabilities == {answer.id: answer.status for answer in head.capabilities}
        changed = turns(found)
        assert all(changed[oid] == told for oid, told in turns(points(root, Choice("week"))).items())
