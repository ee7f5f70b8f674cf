from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Condition
from mlops_scan.facts.python_source import python_facts


@pytest.mark.parametrize(
    ("source", "operands", "stops"),
    [
        ("if acc > 0.9:\n    go()", ("acc",), ""),
        ("if new['auc'] <= old.auc:\n    raise ValueError", ("auc", "old"), "run"),
        ("better = new > old\nif better:\n    go()", ("new", "old"), ""),
        ("if drift < 0.1:\n    raise AirflowSkipException('stable')", ("drift",), "unit"),
        ("assert score >= 0.8", ("score",), "run"),
        ("def ok(a, b):\n    return a < b", ("a", "b"), ""),
        ("import dsl\nwith dsl.If(metric >= limit):\n    go()", ("metric", "limit"), ""),
        ("import dsl\nwith dsl.Condition(check.outputs['drift'] == 'yes'):\n    go()", ("check", "drift"), ""),
        ("step = rate(a)\nwith dsl.If(step.output == 'yes'):\n    go()", ("step", "output", "rate"), ""),
        ("with Condition(condition='yes' == check.output):\n    go()", ("check", "output"), ""),
        ("if should_promote(a):\n    go()", ("should_promote",), ""),
        ("def f(a):\n    if a < 1:\n        return", ("a",), "unit"),
        ("import sys\nif f1 < 1:\n    sys.exit(0)", ("f1",), "unit"),
        ("import sys\nif f1 < 1:\n    sys.exit(0)\nelse:\n    sys.exit(1)", ("f1",), "run"),
        ("if f1 < 1:\n    if strict:\n        run.cancel()", ("f1",), "run"),
        ("import sys\nsys.exit(0 if auc > limit else 1)", ("auc", "limit"), "run"),
        ("verdict = gate(report)\nexit(0 if verdict['ok'] else 1)", ("gate", "verdict", "ok"), "run"),
    ],
)
def test_conditions_name_what_is_compared(source: str, operands: tuple[str, ...], stops: str) -> None:
    found = [fact for fact in python_facts(source, "x.py").facts if isinstance(fact, Condition)]
    assert set(found[0].operands) >= set(operands)
    assert found[0].stops == stops


@pytest.mark.parametrize(
    ("source", "settled"),
    [
        ("least = 0.7\nauc = 0.82\nif auc >= least:\n    deploy()", True),
        ("def go():\n    auc = 0.82\n    if auc >= 0.7:\n        deploy()", True),
        ("auc = 0.82\nok = auc >= 0.7", True),
        ("least = 0.7\nauc = evaluate()\nif auc >= least:\n    deploy()", False),
        ("def go(auc, least=0.7):\n    if auc >= least:\n        deploy()", False),
        ("try:\n    auc = load()\nexcept OSError:\n    auc = 0\nif auc >= 0.7:\n    deploy()", False),
        ("if report.auc >= 0.7:\n    deploy()", False),
    ],
)
def test_written_numbers_held_against_each_other_decide_nothing(source: str, settled: bool) -> None:
    found = [fact for fact in python_facts(source, "x.py").facts if isinstance(fact, Condition)]
    assert (not found) is settled


REFUSES = "if auc is not None and ({asked}auc < 0.5):\n            raise ValueError('too low')"


@pytest.mark.parametrize(
    ("function", "asked", "decides"),
    [
        ("check", "", True),
        ("__init__", "", False),  # what an object shall be made of
        ("__post_init__", "", False),
        ("check", "not isinstance(auc, float) or ", False),  # the form of what was given
    ],
)
def test_an_argument_that_is_refused_decides_nothing(function: str, asked: str, decides: bool) -> None:
    source = f"class Gate:\n    def {function}(self, auc):\n        {REFUSES.format(asked=asked)}\n"
    found = [fact for fact in python_facts(source, "x.py").facts if isinstance(fact, Condition)]
    assert bool(found) is decides


def test_a_constructor_that_goes_on_either_way_decides() -> None:
    source = "class Gate:\n    def __init__(self, auc):\n        if auc > 0.8:\n            promote()\n"
    assert [fact.operands for fact in python_facts(source, "x.py").facts if isinstance(fact, Condition)] == [("auc",)]


def test_a_verdict_kept_in_a_name_is_what_decided_it() -> None:
    source = "ok = new > old\nif first:\n    ok = True\nif ok:\n    promote()\n"
    found = [fact for fact in python_facts(source, "x.py").facts if isinstance(fact, Condition)]
    assert set(found[-1].operands) == {"new", "old", "first"}


def test_a_verdict_is_decided_by_either_branch() -> None:
    source = "if new < old:\n    print(new)\nelse:\n    ok = True\nif ok:\n    promote()\nif other:\n    go()\n"
    found = [fact for fact in python_facts(source, "x.py").facts if isinstance(fact, Condition)]
    assert [set(condition.operands) for condition in found] == [{"new", "old"}, {"new", "old"}, {"other"}]


@pytest.mark.parametrize(
    ("test", "bare"),
    [
        ("args.compute_accuracy", True),
        ("not self.ready", True),
        ("options['metric'] and quick", True),
        ("better", False),
        ("answer['passed']", False),
        ("passes(model)", False),
        ("answer is None", True),  # whether there is one: its function's name says nothing of that
        ("quick and answer is not None", True),
        ("args.baseline and ('a' not in columns or 'b' not in columns)", True),
        ("new > old", False),
        ("quick and new > old", False),
    ],
)
def test_flags_that_nothing_here_decided_are_bare(test: str, bare: bool) -> None:
    source = f"better = new > old\nanswer = check(model)\nargs = parse()\nif {test}:\n    go()\n"
    found = [fact for fact in python_facts(source, "x.py").facts if isinstance(fact, Condition)]
    assert found[-1].bare is bare


@pytest.mark.parametrize(
    ("test", "bare"),
    [
        ("deploy == True", True),  # a parameter of the pipeline
        ("deploy > 0.5", False),
        ("answer == 'yes'", False),
        ("step.outputs['deploy'] == 'yes'", False),
    ],
)
def test_a_block_of_a_pipeline_is_bare_where_no_step_gave_what_it_asks(test: str, bare: bool) -> None:
    source = f"step = check(model)\nanswer = step.output\nwith dsl.Condition({test}):\n    go()\n"
    found = [fact for fact in python_facts(source, "x.py").facts if isinstance(fact, Condition)]
    assert (found[-1].bare, found[-1].block) == (bare, True)
