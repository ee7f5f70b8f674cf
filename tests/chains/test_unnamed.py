from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import scan

if TYPE_CHECKING:
    from pathlib import Path

TRACKER = """\
import mlflow
from base import Base, wrap


{decorated}
class Tracker{bases}:
    def start(self):
        mlflow.start_run()

    {inner}
    def keep(self):
        mlflow.register_model("runs:/1/model", "churn")
"""
STARTS = "from tracking import Tracker\n\nTracker().start()\n"


def strengths(folder: Path, code: str, tracker: dict[str, str], config: str = "") -> set[str]:
    """Return how strong the evidence of registration is."""
    given = {"decorated": "", "bases": "", "inner": "", **tracker}
    (folder / "tracking.py").write_text(TRACKER.format(**given), encoding="utf-8")
    (folder / "train.py").write_text(code, encoding="utf-8")
    (folder / "flow.yaml").write_text(config, encoding="utf-8")
    return {e.strength for e in scan.examine(str(folder)).evidence if e.detector == "mlflow.registration"}


def test_a_method_that_nothing_calls_registers_nothing(tmp_path: Path) -> None:
    assert strengths(tmp_path, STARTS, {}) == {"weak"}


@pytest.mark.parametrize(
    ("code", "tracker"),
    [
        ("def train(tracker):\n    tracker.keep()\n", {}),
        ("from tracking import Tracker\n\nthen(Tracker().keep)\n", {}),
        ("from tracking import Tracker\n\nimport fire\n\nfire.Fire(Tracker)\n", {}),
        ("def train(tracker):\n    getattr(tracker, 'keep')()\n", {}),
        ("def train(tracker, step):\n    getattr(tracker, f'{step}_model')()\n", {}),
        (STARTS, {"bases": "(Base)"}),  # which may call it
        (STARTS, {"decorated": "@wrap"}),
        (STARTS, {"inner": "@wrap"}),
    ],
)
def test_a_method_that_something_may_call_registers(tmp_path: Path, code: str, tracker: dict[str, str]) -> None:
    assert strengths(tmp_path, code, tracker) == {"strong"}


def test_a_method_that_a_configuration_names_registers(tmp_path: Path) -> None:
    assert strengths(tmp_path, STARTS, {}, "last: tracking:Tracker.keep\n") == {"strong"}
