from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Call
from mlops_scan.facts.python_parts import part_of
from mlops_scan.facts.python_source import python_facts

HANDED = """
from evidently import Report

def differ(base, other):
    Report([]).run(base, other)

differ(base=train_df, other={})
"""
REPORT = "from evidently import Report\nreport = Report([])\n"


def parted(source: str) -> set[str]:
    facts = python_facts(f"import scipy\n{source}", "churn/check.py").facts
    return {fact.name for fact in facts if isinstance(fact, Call) and fact.parted}


@pytest.mark.parametrize(
    ("source", "given_parts"),
    [
        ("run(reference=X_train, current=X_test)", True),
        ("a = read('data/train.csv')\nb = read('data/test.csv')\nrun(a, b)", True),
        ("a = read(self.x.trained_path)\nb = read(self.x.test_path)\nrun(a['age'], b['age'])", True),
        ("from s import train_test_split\na, b = train_test_split(rows)\nrun(a, b)", True),
        ("new = old.sample(frac=0.1).reset_index()\nrun(old, new)", True),
        ("new = old.copy()\nnew['age'] += 5\nrun(old, new)", True),
        ("a = read('train.csv')\nb = read('served.csv')\nrun(a, b)", False),
        ("first = rows[:100]\nlast = rows[-100:]\nrun(first, last)", False),
        ("a = client.read('a')\nb = client.read('b')\nrun(a, b)", False),
        ("run(rows['age'], rows['age_test'])", False),
        ("train_df = 1\ndef go(current):\n    run(train_df, current)", False),
        ("run(latest, contest)", False),
    ],
)
def test_two_parts_of_one_data_set(source: str, given_parts: bool) -> None:
    assert (".run" in parted(source)) is given_parts


@pytest.mark.parametrize(("other", "given_parts"), [("test_df", True), ("served", False)])
def test_what_a_parameter_stands_for_is_told_by_the_calls_of_its_function(other: str, given_parts: bool) -> None:
    assert ({"evidently.Report", "evidently.Report.run"} <= parted(HANDED.format(other))) is given_parts


def test_all_calls_of_a_function_must_say_so() -> None:
    source = HANDED.format("test_df") + "differ(train_df, served)\n"
    assert "evidently.Report.run" not in parted(source)


def test_an_object_is_made_for_parts_where_nothing_else_is_asked_of_it() -> None:
    once = REPORT + "report.run(train, test)\n"
    assert "evidently.Report" in parted(once)
    assert "evidently.Report" not in parted(once + "report.run(train, served)\n")


@pytest.mark.parametrize(
    ("text", "part"),
    [("X_train", "train"), ("data/val.csv", "validation"), ("train_test_rows", ""), ("latest", ""), ("served", "")],
)
def test_the_part_that_a_name_speaks_of(text: str, part: str) -> None:
    assert part_of(text) == part
