"""Objects that code makes, hands on and asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

TRAIN = (
    "from xgboost import XGBClassifier\n\n\ndef train():\n    XGBClassifier().fit(X, y)\n\n\ndef show():\n    pass\n"
)


@pytest.mark.parametrize(
    ("text", "start", "trains"),
    [
        ("from flows import Job\nfrom train import train\njob = Job(train)\n", "job", True),
        ("from flows import Job\nfrom train import show\njob = Job(show)\n", "job", False),
        ("from flows import Job, Step\nfrom train import train\njob = Job(steps=[Step(train)])\n", "job", True),
        ("from flows import Job\nfrom train import train\njob = Job()\njob.add(train)\n", "job", True),
        ("from flows import Job\nfrom train import train\nwith Job() as job:\n    train()\n", "job", True),
        ("from flows import Job\nfrom train import train\na = Job(train)\nb = Job()\n", "b", False),
        ("from flows import Job\nfrom train import train\na = Job(train)\nb = a\nc = Job(after=b)\n", "c", True),
        ("from flows import Job\nfrom train import train\ndef make():\n    job = Job(train)\n", "make.job", True),
        (
            "from flows import Job\nfrom train import train\nclass A:\n  def f(self):\n    self.job = Job(train)\n",
            "A.self.job",
            True,
        ),
        (
            "from flows import Job\nfrom train import train\njob = Job(train)\njob = 1\nother = Job(job)\n",
            "other",
            False,
        ),
    ],
)
def test_an_object_runs_what_it_was_given(
    graph: Callable[[dict[str, str]], Graph],
    text: str,
    start: str,
    trains: bool,
) -> None:
    built = graph({"train.py": TRAIN, "flow.py": text})
    acts = {reached.evidence.act for reached in built.reach([Node("flow.py", start)])}
    assert ("trains" in acts) is trains


def test_an_object_of_another_module_is_the_same(graph: Callable[[dict[str, str]], Graph]) -> None:
    jobs = "from flows import Job\nfrom train import train\njob = Job(train)\n"
    built = graph(
        {
            "train.py": TRAIN,
            "jobs.py": jobs,
            "all.py": "from flows import Plan\nfrom jobs import job\nplan = Plan([job])\n",
        }
    )
    assert [reached.evidence.act for reached in built.reach([Node("all.py", "plan")])] == ["trains"]


def test_asking_an_object_runs_it(graph: Callable[[dict[str, str]], Graph]) -> None:
    flow = "from flows import Job\nfrom train import train\njob = Job(train)\n\ndef main():\n    job.run()\n\nmain()\n"
    built = graph({"train.py": TRAIN, "flow.py": flow})
    chain = next(iter(built.reach([Node("flow.py", "main")]))).chain
    assert [step.what for step in chain] == ["runs job", "calls train", "trains: xgboost.XGBClassifier.fit"]


STEP = """\
from xgboost import XGBClassifier


class Fit:
    def __init__(self, depth):
        self.depth = depth

    def {}(self):
        XGBClassifier(self.depth).fit(X, y)
"""


@pytest.mark.parametrize(("method", "trains"), [("__call__", True), ("show", False)])
def test_an_object_that_can_be_called_does_what_its_class_says(
    method: str, *, trains: bool, graph: Callable[[dict[str, str]], Graph]
) -> None:
    flow = "from flows import Job\nfrom steps import Fit\nfit = Fit(3)\njob = Job(fit)\n"
    built = graph({"build.py": flow, "steps.py": STEP.format(method)})
    assert any(reached.evidence.act == "trains" for reached in built.reach((Node("build.py", "job"),))) is trains
