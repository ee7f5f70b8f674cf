from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts import python_loops
from mlops_scan.facts.kinds import Call, Command
from mlops_scan.facts.python_names import Names

if TYPE_CHECKING:
    from collections.abc import Callable

RUN = "import subprocess\n"
BOTH = ["python prepare.py", "python train.py"]


@pytest.mark.parametrize(
    ("code", "commands"),
    [
        ("for s in ['prepare.py', 'train.py']:\n    subprocess.run(['python', s])\n", BOTH),
        ("for s in ('prepare', 'train'):\n    subprocess.run(f'python {s}.py', shell=True)\n", BOTH),
        (
            "STEPS = ['prepare', 'train']\nfor n, s in enumerate(STEPS, 1):\n    subprocess.run(f'python {s}.py')\n",
            BOTH,
        ),
        ("for name, s in [('a', 'prepare.py'), ('b', 'train.py')]:\n    subprocess.run(['python', s])\n", BOTH),
        (
            "S = {'a': 'prepare.py', 'b': 'train.py'}\nfor name, s in S.items():\n    subprocess.run(['python', s])\n",
            BOTH,
        ),
        ("def go(s):\n    subprocess.run(['python', s])\n\n\nfor s in ['prepare.py', 'train.py']:\n    go(s)\n", BOTH),
        ("for s in [{'run': 'prepare.py'}, {'run': 'train.py'}]:\n    subprocess.run(['python', s['run']])\n", BOTH),
        (
            "S = {'a': 'prepare', 'b': 'train'}\nsubprocess.run(f'python {S[\"a\"]}.py')\nsubprocess.run('python train.py')",
            BOTH,
        ),
        ("for s in [{'run': find()}]:\n    subprocess.run(['python', s['run']])\n", []),
        ("S = {'a': ['python', 'train.py'], 'b': f'{S}'}\nsubprocess.run(S['a'])\nsubprocess.run(S['b'])\n", BOTH[1:]),
        ("S = {}\nS['a'] = [S['a']]\nsubprocess.run(S['a'])\n", []),
        # what it goes through is known to its run alone
        ("for s in sorted(folder.glob('*.py')):\n    subprocess.run(['python', s])\n", []),
        ("STEPS = ['prepare.py']\nSTEPS = find()\nfor s in STEPS:\n    subprocess.run(['python', s])\n", []),
        # what stands behind the loop knows of no round
        ("for s in ['prepare.py', 'train.py']:\n    print(s)\nsubprocess.run(['python', s])\n", []),
    ],
)
def test_a_loop_runs_its_commands_for_each_text(
    code: str, commands: list[str], stated: Callable[..., list[Any]]
) -> None:
    found = [run for (run,) in stated("pipeline.py", RUN + code, Command, "run")]
    known = [run for run in found if not {".", "{", "…"} & set(run.replace(".py", ""))]
    assert known == commands


TABLE = "from steps import load, fit\n\nSTAGES = {'load': load, 'fit': fit}\n\n\n"


@pytest.mark.parametrize(
    ("code", "called"),
    [
        ("def run(plan):\n    for stage in plan:\n        STAGES[stage]()\n", ["steps.load", "steps.fit"]),
        ("for stage in plan():\n    do = STAGES[stage]\n    do()\n", ["steps.load", "steps.fit"]),
        ("for stage in ('fit', 'load'):\n    STAGES[stage]()\n", ["steps.fit", "steps.load"]),
        ("for stage in STAGES:\n    STAGES[stage].go()\n", ["steps.load.go", "steps.fit.go"]),
        ("STAGES['fit']()\n", ["steps.fit"]),
        # a run of it takes one, and what it is called nobody knows
        ("def run(stage):\n    STAGES[stage]()\n", []),
        ("for stage in plan():\n    STAGES[other]()\n", []),
        # it holds more than names, and the loop is one over data
        ("STAGES['depth'] = 3\nfor stage in plan():\n    STAGES[stage]()\n", []),
        ("STAGES = {}\nfor stage in plan():\n    STAGES[stage]()\n", []),
    ],
)
def test_a_loop_calls_what_a_dict_of_functions_holds(
    code: str, called: list[str], stated: Callable[..., list[Any]]
) -> None:
    assert [name for (name,) in stated("flow.py", TABLE + code, Call, "name") if name.startswith("steps.")] == called


def test_a_loop_calls_each_function_and_asks_each_object(stated: Callable[..., list[Any]]) -> None:
    code = "from steps import Fit, load\n\n\nclass Flow:\n    def __init__(self):\n        self.steps = [Fit()]\n\n"
    code += "    def run(self):\n        for step in self.steps:\n            step.run()\n\n\nfor do in (load,):\n    do()\n"
    assert {("steps.Fit.run", "Flow.run"), ("steps.load", "")} <= set(stated("flow.py", code, Call, "name", "unit"))


def test_a_long_list_is_data(stated: Callable[..., list[Any]]) -> None:
    code = f"{RUN}for s in {['train.py'] * 21}:\n    subprocess.run(['python', s])\n"
    assert stated("pipeline.py", code, Command, "run") == [("python .s",)]


def test_what_is_long_is_not_gone_through_again() -> None:
    loop = ast.parse("for s in ['a', 'b']:\n    f(s)\n").body[0]
    assert isinstance(loop, ast.For)
    rounds, left = python_loops.rounds(loop, Names(), "m", 100)
    assert (len(rounds), left < 100) == (2, True)
    assert python_loops.rounds(loop, Names(), "m", 100 - left - 1) == ([], 100 - left - 1)
