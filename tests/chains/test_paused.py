"""Triggers that a variable pauses."""

from __future__ import annotations

import pytest

from mlops_scan.chains.paused import pausing
from mlops_scan.evidence import FileFacts
from mlops_scan.facts.kinds import Command, Trigger, Variable
from mlops_scan.facts.shapes.databricks import OF_BUNDLE

NAME = f"{OF_BUNDLE}pause"


@pytest.mark.parametrize(
    ("run", "paused"),
    [
        ("databricks bundle deploy", True),
        ("databricks bundle deploy --var=other=UNPAUSED", True),
        ("databricks bundle deploy --var=unpause=UNPAUSED", True),
        ("databricks bundle deploy --var=pause=UNPAUSED", False),
        ('databricks bundle deploy --var "other=1,pause=UNPAUSED"', False),
    ],
)
def test_a_command_may_take_a_pause_back(run: str, paused: bool) -> None:
    facts = (Trigger(1, "schedule", "0 3 * * 1", "job", NAME), Variable(2, NAME, "PAUSED"), Command(3, run))
    assert pausing([FileFacts("databricks.yml", "product", facts)]) == (frozenset({NAME}) if paused else frozenset())
