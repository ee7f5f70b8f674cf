from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Call
from mlops_scan.facts.python_source import python_facts

BUILD = """\
def build():
    train = ScriptStep(script_name="train.py")
    test = ScriptStep(script_name="test.py")
    {}
"""


@pytest.mark.parametrize(
    ("rest", "scripts"),
    [
        ("return Pipeline(steps=[train])", ["train.py"]),
        ("return Pipeline(steps=[train, test])", ["train.py", "test.py"]),
        ("test.run_after(train)\n    return Pipeline(steps=[test])", ["train.py", "test.py"]),
        ("return Pipeline(steps=list_of_steps)", ["train.py", "test.py"]),  # perhaps in another way
        (
            "with Pipeline():\n        last = ScriptStep(script_name='last.py')\n    return train, test",
            [
                "train.py",
                "test.py",
                "last.py",
            ],
        ),
    ],
)
def test_a_step_that_only_others_of_its_kind_are_taken_beside_is_left_out(rest: str, scripts: list[str]) -> None:
    facts = python_facts(BUILD.format(rest), "x.py").facts
    found = [
        fact.arguments["script_name"] for fact in facts if isinstance(fact, Call) and "script_name" in fact.arguments
    ]
    assert found == scripts


def test_what_a_function_named_after_a_step_does_is_done_though_nothing_reads_it() -> None:
    source = "def main():\n    model = trainStep(x)\n    score = evalStep(x)\n    print(score)\n"
    assert "trainStep" in [
        fact.name.rpartition(".")[2] for fact in python_facts(source, "x.py").facts if isinstance(fact, Call)
    ]


def test_an_answer_that_nothing_reads_was_asked_for_all_the_same() -> None:
    source = "def build():\n    one = run('a.py')\n    two = run('b.py')\n    return one\n"
    assert len([fact for fact in python_facts(source, "x.py").facts if isinstance(fact, Call)]) == 2
