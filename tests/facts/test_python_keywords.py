"""Keywords of calls that are held by a dict."""

from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Call
from mlops_scan.facts.python_source import python_facts


@pytest.mark.parametrize(
    ("before", "known"),
    [
        ("given = {'name': 'churn'}\n", True),
        ("given = {}\ngiven['name'] = 'churn'\n", True),
        ("given = {'name': 'churn'}\ngiven = read()\n", False),
        ("given = {'inner': {'name': 'churn'}}\n", False),
        ("given = read()\ngiven['name'] = 'churn'\n", False),
        ("given = {}\ngiven[first] = {'name': 'churn'}\n", False),
    ],
)
def test_keywords_that_a_dict_holds_are_known(before: str, known: bool) -> None:
    calls = [fact for fact in python_facts(f"{before}go(**given)\n", "x.py").facts if isinstance(fact, Call)]
    told = next(call.arguments for call in calls if call.name == ".go")
    assert (told.get("name") == "churn") is known
    assert "**" in told  # more may have been added elsewhere
