"""Built-in functions that only look state no call; what they are handed does."""

from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Call, Condition
from mlops_scan.facts.python_source import python_facts


def calls(source: str) -> list[str]:
    return [fact.name for fact in python_facts(source, "x.py").facts if isinstance(fact, Call)]


@pytest.mark.parametrize(
    "source",
    ["len(rows)", "isinstance(a, int)", "raise ValueError('no')", "for i in range(3): pass", "super()"],
)
def test_to_look_is_no_call(source: str) -> None:
    assert calls(source) == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import m\nlen(m.train())", ["m.train"]),
        ("from torch import sum\nsum(rows)", ["torch.sum"]),
        ("def len(x): pass\nlen(rows)", ["x.len"]),
        ("open('a')\nmap(run, rows)\ngetattr(a, 'b')", ["open", "map", "getattr"]),
        ("super().fit(x)", ["super.fit"]),
    ],
)
def test_what_does_something_is(source: str, names: list[str]) -> None:
    assert calls(source) == names


@pytest.mark.parametrize("handed", ["str(better)", "int(better)"])
def test_what_was_decided_is_kept_through_them(handed: str) -> None:
    facts = python_facts(f"better = new > old\nout.write('better=' + {handed})\n", "x.py").facts
    assert any("better" in fact.kept for fact in facts if isinstance(fact, Condition))
