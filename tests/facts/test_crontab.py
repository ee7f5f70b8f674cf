from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command, Trigger

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("path", "line", "when", "run"),
    [
        ("crontab", "0 3 * * 1 python train.py", "0 3 * * 1", "python train.py"),
        ("crontab", "@daily python train.py", "@daily", "python train.py"),
        (
            "jobs.cron",
            "*/5 1-3 1,15 jan-mar mon,fri root python train.py",
            "*/5 1-3 1,15 jan-mar mon,fri",
            "python train.py",
        ),
        ("cron.d/retrain", "0 3 * * * me python train.py", "0 3 * * *", "python train.py"),
        ("cron.d/retrain", "0 3 * * *\troot\tpython train.py", "0 3 * * *", "python train.py"),
        ("crontab", "0 3\t* * *\troot\tpython train.py", "0 3 * * *", "python train.py"),
        ("crontab", "FILE=train.py\n0 3 * * * python $FILE", "0 3 * * *", "python train.py"),
    ],
)
def test_a_job_runs_a_command_on_a_schedule(
    path: str, line: str, when: str, run: str, stated: Callable[..., list[Any]]
) -> None:
    assert [detail for (detail,) in stated(path, f"# jobs\n\n{line}\n", Trigger, "detail")] == [when]
    assert [command for (command,) in stated(path, f"{line}\n", Command, "run")] == [run]


@pytest.mark.parametrize(
    "text", ["def cron():\n    pass\n", "a b c d e python train.py\n", "0 3 * * *\n", "", "\x00\n"]
)
def test_another_file_of_that_name_states_nothing(text: str, stated: Callable[..., list[Any]]) -> None:
    assert stated("crontab", text, Trigger, "detail") == []
