from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Condition
from mlops_scan.facts.python_source import python_facts


def _conditions(source: str) -> list[Condition]:
    return [fact for fact in python_facts(source, "x.py").facts if isinstance(fact, Condition)]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("self.better = new > old", {"better"}),
        ("report['better'] = bool(new > old)", {"better"}),
        ("Result(better=new > old, gain=new - old)", {"better"}),
        ("better = new > old\nResult(1, better)", {"better", "Result:1"}),
        ("ti.xcom_push(key='better', value=new > old)", {"value", "better"}),
        ("save({'better': 'yes' if new > old else 'no', 'gain': new - old})", {"better", "better=yes", "better=no"}),
        ("better: bool = new > old if more else new < old\nsave({'better': better})", {"better"}),
        ("if new > old:\n    better = True\nelse:\n    better = False\nResult(better=better)", {"better"}),
        ("if new > old:\n    self.better = True", {"better"}),
        (
            "far = new > old\nodd = new >= old\nself.better = decide(far, odd)",
            {"better", "far", "odd", "decide:0", "decide:1"},
        ),
        ("def better(new, old):\n    won = first or not new <= old\n    return won, new", {"better"}),
        ("def better(new, old):\n    if new < old:\n        return None\n    return new", {"better"}),
        (
            "def better(new, old):\n    if new > old:\n        return 'yes'\n    return 'no'",
            {"better=yes", "better=no"},
        ),
        ("def check(new, old):\n    if new < old:\n        return Result(better=False, gain=1)", {"better"}),
        ("def check(new, old):\n    worse = new < old\n    if worse:\n        return {'better': False}", {"better"}),
        ("word = 'no'\nif new > old:\n    word = 'yes'\nsave(better=word)", {"better", "better=no", "better=yes"}),
        ("if new > old:\n    with open('out') as out:\n        out.write('better=true')", {"better"}),
        ("if new > old:\n    print('::set-output name=better::true')", {"better"}),
        ("print(f'##vso[task.setvariable variable=better;isOutput=true]{new > old}')", {"better"}),
        ("set_output('better', new > old)", {"better"}),
        ("if new > old:\n    set_output('better', True)", {"better"}),
    ],
)
def test_an_outcome_is_kept_under_attributes_keys_parameters_and_functions(source: str, names: set[str]) -> None:
    found = [fact for fact in _conditions(source) if fact.kept]
    assert {name for fact in found for name in fact.kept} == names
    assert all(fact.operands[:2] == ("new", "old") for fact in found)


@pytest.mark.parametrize(
    "source",
    [
        "Result(best=max(new, old), share=new / old)",
        "Result(rows=[row for row in rows if row > limit])",  # chosen by comparisons, and no outcome of one
        "if new > old:\n    self.best = new",
        "if debug:\n    self.better = True",
        "def better(new):\n    return new",
        "better = new > old\nbetter = load()\nResult(better)",
        "def better(new):\n    return 'yes'",  # whatever is compared
        "def worst(new, old):\n    if new > old:\n        return old",
        "if new > old:\n    print('the new one is better')\n    save(new, better=True)",
        "print(f'better: {new > old}')",
    ],
)
def test_other_values_keep_no_outcome(source: str) -> None:
    assert [fact for fact in _conditions(source) if fact.kept] == []


def test_what_is_the_same_as_something_compares_nothing_by_order() -> None:
    (found,) = _conditions("Loader(shuffle=split == 'train')")
    assert (found.kept, found.operands) == (("shuffle",), ())


@pytest.mark.parametrize(
    ("source", "operand"),
    [
        ("gain = new_auc - old_auc\nif gain > 0:\n    go()", "new_auc"),
        ("value = float(metrics['auc'])\nif value < 1:\n    go()", "auc"),
        ("value = run.data.metrics.get('auc')\nif value < 1:\n    go()", "auc"),
        ("value = artifact.auc\nif value < 1:\n    go()", "auc"),
        ("value = auc(model)\nif value < 1:\n    go()", "auc"),
        ("value = model.auc()\nif value < 1:\n    go()", "auc"),
        ("for value in auc.values():\n    if value < 1:\n        go()", "auc"),
        ("low = [name for name, value in auc.items() if value < 1]\nif low:\n    go()", "auc"),
        ("low = any(value < 1 for value in auc)\nif low:\n    go()", "auc"),
        ("ok = ti.xcom_pull(task_ids='evaluate', key='better')\nif ok:\n    go()", "better"),
        ("if report.get('better'):\n    go()", "better"),
        ("future = check.submit(1)\nif future.result():\n    go()", "check"),
        ("better = 'no'\nif new > old:\n    better = 'yes'\nif better == 'yes':\n    go()", "old"),
        ("low = []\nif auc < 1:\n    low.append('auc')\nif low:\n    go()", "auc"),
        ("low = []\nif auc < 1:\n    low += ['auc']\nif len(low) > 0:\n    go()", "auc"),
        ("good = {}\nfor name in models:\n    if auc > 1:\n        good[name] = 1\nif not good:\n    go()", "auc"),
        ("checks = {'auc': auc > 1, 'f1': f1 > 1}\nif not all(checks.values()):\n    go()", "auc"),
        ("checks = [check(auc > 1)]\nif any(check['bad'] for check in checks):\n    go()", "auc"),
        ("best = select(models)\nif best is None:\n    go()", "select"),
    ],
)
def test_conditions_know_where_a_value_was_taken_from(source: str, operand: str) -> None:
    assert operand in _conditions(source)[-1].operands


@pytest.mark.parametrize(
    "source",
    [
        "if os.path.exists('metrics.json'):\n    go()",  # a file of that name is no metric
        "if metric == 'auc':\n    go()",
        "value = metrics['auc']\nvalue = count()\nif value < 1:\n    go()",
        "value = count(auc)\nif value < 1:\n    go()",
        "value = auc\nfor value in rows:\n    if value < 1:\n        go()",
        "every = [value for value in auc]\nif value < 1:\n    go()",
        # the best so far is looked for, and whatever it is, there is one
        "kept = []\nif auc > best:\n    best = auc\n    kept.append(model)\nif kept:\n    go()",
        "low = []\nif auc < 1:\n    print(low)\nif low:\n    go()",
        "low = []\nif auc < 1:\n    low.append(1)\nlow = rows()\nif low:\n    go()",
        "if best is None:\n    go()",
    ],
)
def test_conditions_do_not_name_what_they_compare_with_or_what_was_overwritten(source: str) -> None:
    last = [fact for fact in _conditions(source) if fact.line == source.count("\n")]
    assert not {name for fact in last for name in fact.operands} & {"auc", "metric", "metrics.json"}


@pytest.mark.parametrize("made", ["save(far)", "Result(far, odd)", "decide(new, old)"])
def test_what_is_made_of_one_outcome_or_by_a_class_is_no_outcome(made: str) -> None:
    found = _conditions(f"far = new > old\nodd = new < old\nself.better = {made}")
    assert "better" not in {name for fact in found for name in fact.kept}


@pytest.mark.parametrize(
    ("test", "compared"),
    [
        ("0 < share < 1", set()),
        ("not (-1.0 <= share <= 1.0)", set()),
        ("share < 0 or share > 1", set()),
        ("share >= 0 and share <= 1", set()),
        ("low < share < 1", {"low", "share"}),
        ("share < 0 or share > limit", {"share", "limit"}),
        ("share < 0.8 or loss > 1", {"share", "loss"}),
        ("share < 0.8 or share < 1", {"share"}),
        ("share < 0.8", {"share"}),
    ],
)
def test_a_range_between_constants_compares_nothing(test: str, compared: set[str]) -> None:
    assert {name for fact in _conditions(f"if {test}:\n    raise ValueError") for name in fact.operands} == compared


REPORTS = {"report=promote", "report=shadow"}
WORDS = {"word=promote", "decision=promote", "get=promote"}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("if check(x) == 'promote':\n    go()", {"check=promote"}),
        ("found = check(x)\nif found != 'promote':\n    go()", {"found=promote", "check=promote"}),
        (
            "if report['decision'] in ('promote', 'shadow'):\n    go()",
            {"decision=promote", "decision=shadow"} | REPORTS,
        ),
        ("word = report.get('decision')\nif word == 'promote' and x:\n    go()", WORDS),
        ("if found == 1:\n    go()", set()),
        ("if decision > 'promote':\n    go()", set()),
    ],
)
def test_conditions_name_the_word_that_they_ask_for(source: str, names: set[str]) -> None:
    assert {name for fact in _conditions(source) for name in fact.worded} == names


def test_whether_a_module_is_the_program_is_no_verdict() -> None:
    assert _conditions('if __name__ == "__main__":\n    main()\n') == []
