"""Functions that are given back by the function that holds them."""

from __future__ import annotations

import pytest

from mlops_scan import facts
from mlops_scan.facts.kinds import Link


@pytest.mark.parametrize(
    ("ending", "links"),
    [
        ("return load", [("build", "build.load")]),
        ("return load()", []),  # what it gives back is given back
        ("run(load)\n    return None", []),
        ("return other", []),
        ("load = 3\n    return load", []),
    ],
)
def test_an_inner_function_that_is_given_back_is_there_to_be_called(ending: str, links: list[tuple[str, str]]) -> None:
    source = f"def other():\n    pass\ndef build():\n    def load():\n        return model\n    {ending}\n"
    read = facts.read("app/main.py", source.encode())
    given = [(fact.unit, fact.target) for fact in read.facts if isinstance(fact, Link) and fact.kind == "unit"]
    assert given == links
