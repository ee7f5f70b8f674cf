from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command, Link, Trigger

if TYPE_CHECKING:
    from collections.abc import Callable

IMPORTS = "import time, asyncio, threading, subprocess\nfrom churn import fit\nstop = threading.Event()\n"


@pytest.mark.parametrize(
    "loop",
    [
        "while True:\n    fit()\n    time.sleep(86400)\n",
        "while 1:\n    time.sleep(24 * 60 * 60)\n    fit()\n",
        "WAIT = 3600\nwhile True:\n    fit()\n    time.sleep(WAIT)\n",
        "def go(hours):\n    while True:\n        fit()\n        time.sleep(hours * 3600)\n",
        "async def go():\n    while True:\n        await asyncio.to_thread(fit)\n        await asyncio.sleep(delay=600)\n",
        "while not stop.is_set():\n    fit()\n    stop.wait(600)\n",
        "while not stop.wait(600):\n    fit()\n",
        "class R:\n    def go(self):\n        while self.running:\n            fit()\n            time.sleep(600)\n",
        "while True:\n    try:\n        fit()\n    except KeyboardInterrupt:\n        break\n    time.sleep(600)\n",
        "while True:\n    for x in y:\n        if x:\n            break\n    fit()\n    time.sleep(600)\n",
        "def go(times):\n    while True:\n        fit()\n        time.sleep(86400 / times)\n",
        "def go(wait=time.sleep):\n    while True:\n        fit()\n        wait(600)\n",
        "def go(most=None):\n    while most is None or done < most:\n        fit()\n        time.sleep(600)\n",
    ],
)
def test_a_loop_that_waits_is_a_schedule(loop: str, stated: Callable[..., list[Any]]) -> None:
    ((unit,),) = stated("jobs.py", IMPORTS + loop, Trigger, "unit")
    assert (unit, "churn.fit") in stated("jobs.py", IMPORTS + loop, Link, "unit", "target")


def test_a_loop_runs_commands(stated: Callable[..., list[Any]]) -> None:
    loop = "while True:\n    subprocess.run(['python', 'train.py'])\n    time.sleep(600)\n"
    assert ("loop:4", "python train.py") in stated("jobs.py", IMPORTS + loop, Command, "unit", "run")


@pytest.mark.parametrize(
    "loop",
    [
        "while True:\n    fit()\n",
        "while True:\n    fit()\n    time.sleep(0.1)\n",
        "def go(rate):\n    while True:\n        fit()\n        time.sleep(1 / rate)\n",
        "WAIT = 5\nwhile True:\n    fit()\n    time.sleep(WAIT)\n",
        "while True:\n    try:\n        fit()\n        break\n    except OSError:\n        time.sleep(600)\n",
        "def go():\n    while True:\n        if fit():\n            return\n        time.sleep(600)\n",
        "while fit() > 0.1:\n    time.sleep(600)\n",
        "n = 3\nwhile n:\n    fit()\n    time.sleep(600)\n",
        "while not fit.done():\n    time.sleep(600)\n",
        "while True:\n    fit()\n    stop.join(600)\n",
        "for _ in range(3):\n    fit()\n    time.sleep(600)\n",
        "while job is None or state < ready:\n    job = fit()\n    time.sleep(600)\n",
        "while most is None and done < most:\n    fit()\n    time.sleep(600)\n",
        "def go(wait):\n    while True:\n        fit()\n        wait(600)\n",
    ],
)
def test_a_loop_that_ends_or_hardly_waits_is_none(loop: str, stated: Callable[..., list[Any]]) -> None:
    assert stated("jobs.py", IMPORTS + loop, Trigger) == []
