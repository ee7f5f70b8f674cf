from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Call
from mlops_scan.facts.python_source import python_facts


@pytest.mark.parametrize(
    ("parameter", "called"),
    [
        ("wait=time.sleep", "time.sleep"),
        ("*, wait=sleep", "time.sleep"),
        ("first, wait=own, last=1", "jobs.own"),
        ("wait: Callable = time.sleep", "time.sleep"),
        ("wait: Pause = time.sleep", "churn.Pause"),  # a class that it is said to be
        ("wait", ".wait"),  # only a caller knows
        ("wait=None", ".wait"),
        ("wait=lambda seconds: None", ".wait"),
        ("wait=outer", ".wait"),
    ],
)
def test_a_parameter_is_what_it_is_by_default(parameter: str, called: str) -> None:
    source = (
        "import time\nfrom churn import Pause\nfrom collections.abc import Callable\nfrom time import sleep\ndef own(seconds): ...\n"
        f"def around(outer):\n    def run({parameter}):\n        wait(60)\n"
    )
    calls = [fact for fact in python_facts(source, "jobs.py").facts if isinstance(fact, Call)]
    assert [call.name for call in calls if call.unit == "around.run"] == [called]
