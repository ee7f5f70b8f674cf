"""What hangs on the answers of functions of the same file."""

from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Call, Definition
from mlops_scan.facts.python_source import python_facts

MADE = """\
from keras.models import Sequential
def small():
    return Sequential()
def wide():
    model = Sequential()
    return model
def loaded():
    return model_of_elsewhere
def choose(n):
{}
choose(1).fit(x)
"""
BRANCHES = "    if n == 1:\n        model = small()\n    else:\n        model = wide()\n    return model"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("    return small()", "keras.models.Sequential.fit"),
        (BRANCHES, "keras.models.Sequential.fit"),
        ("    return loaded()", ".fit"),  # of unknown class
        ("    return choose(n - 1)", "models.choose.fit"),  # which ends nowhere that is known
    ],
)
def test_what_one_function_has_from_another_is_what_that_one_made(body: str, name: str) -> None:
    calls = [fact for fact in python_facts(MADE.format(body), "models.py").facts if isinstance(fact, Call)]
    assert [call.name for call in calls if call.name.endswith(".fit")] == [name]


def test_what_a_function_gives_back_is_known_elsewhere_too() -> None:
    stated = python_facts(MADE.format(BRANCHES), "models.py").facts
    returns = {fact.name: fact.returns for fact in stated if isinstance(fact, Definition)}
    assert (returns["choose"], returns["loaded"]) == ("keras.models.Sequential", "")
