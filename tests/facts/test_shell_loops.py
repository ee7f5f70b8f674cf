from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Command, Trigger
from mlops_scan.facts.shell import commands, facts

BOTH = ["python prepare.py", "python train.py"]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("for s in prepare train; do python $s.py; done", BOTH),
        ("for s in prepare train\ndo\n  python ${s}.py\ndone", BOTH),
        ("STEPS='prepare train'\nfor s in $STEPS; do python $s.py || exit 1; done", ["exit 1", *BOTH]),
        ("for s in prepare train; do for n in 1 2; do python $s.py; done; done", BOTH),
        (
            "for s in a b; do while sleep 1; do make; done; python $s.py; done",
            ["make", "python a.py", "python b.py", "sleep 1"],
        ),
        # the shell puts in what its run finds
        ("for f in *.py; do python $f; done", ["python $f"]),
        ('for f in "$@"; do python $f; done', ["python $f"]),
        # behind the loop its variable is of its last round, which may not have come
        ("for s in prepare train; do make; done\npython $s.py", ["make", "python $s.py"]),
        (f"for n in {'a ' * 21}; do python $n.py; done", ["python $n.py"]),
    ],
)
def test_a_loop_runs_its_commands_for_each_word(text: str, runs: list[str]) -> None:
    assert sorted({command.run for command in commands(text, 1)}) == runs


def test_all_loops_of_a_text_have_so_many_rounds_and_no_more() -> None:
    text = "for n in a b c d e f g h; do python $n.py; done\n" * 1000
    assert len(list(commands(text, 1))) < 3000


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("while true; do python train.py; sleep 86400; done", "sleep 86400"),
        ("while :\ndo\n  python train.py\n  sleep 1d\ndone", "sleep 1d"),
        ("while sleep $WAIT; do python train.py; done", "sleep $WAIT"),
        ("while true; do if ready; then python train.py; fi; sleep 60; done", "sleep 60"),
        (f"while true; do python train.py; sleep {'9' * 5000}; done", f"sleep {'9' * 5000}"),  # more than an int reads
    ],
)
def test_a_loop_that_never_ends_and_waits_is_a_schedule(text: str, wait: str) -> None:
    found = list(facts(text, 1, "service"))
    ((said, unit),) = [(fact.detail, fact.unit) for fact in found if isinstance(fact, Trigger)]
    assert said == wait
    assert (unit, "python train.py") in {(fact.unit, fact.run) for fact in found if isinstance(fact, Command)}


@pytest.mark.parametrize(
    "text",
    [
        "while true; do python train.py; sleep 5; done",
        "while true; do python train.py && break; sleep 600; done",
        "while ! nc -z db 5432; do python train.py; sleep 600; done",
        "for n in 1 2; do python train.py; sleep 600; done",
        "while true; do sleep 600; done; python train.py",
        "while true; do python train.py; done",
    ],
)
def test_a_loop_that_ends_or_hardly_waits_is_none(text: str) -> None:
    assert not [fact for fact in facts(text, 1) if isinstance(fact, Trigger)]
