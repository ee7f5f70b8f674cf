"""Tables of cron: when which commands run, and texts that only look like one."""

from __future__ import annotations

import pytest

from mlops_scan import facts
from mlops_scan.facts.kinds import Command, Trigger
from mlops_scan.sources import roles


def _stated(path: str, text: str) -> tuple[list[str], list[str]]:
    stated = facts.read(path, text.encode()).facts
    triggers = [fact.detail for fact in stated if isinstance(fact, Trigger)]
    return triggers, [fact.run for fact in stated if isinstance(fact, Command)]


@pytest.mark.parametrize("path", ["crontab", "deploy/churn.cron", "cronjob.txt", "etc/cron.d/churn", "train-cron"])
def test_a_table_says_when_it_runs_what(path: str) -> None:
    user = "www-data " if "cron.d" in path else ""
    text = f"PATH=/usr/bin\n\n# nightly\n*/10 2,3 * jan-mar sun {user}python score.py\n@daily {user}python train.py\n"
    assert _stated(path, text) == (["*/10 2,3 * jan-mar sun", "@daily"], ["python score.py", "python train.py"])


@pytest.mark.parametrize(
    "text",
    [
        "* * * * * is how every minute is written\nThe fields are minute, hour, day, month and weekday.\n",
        "Run train.py every night at three, please\n",
        "0 3 * * mon\n",
        "",
    ],
)
def test_a_text_about_cron_is_no_table(text: str) -> None:
    assert _stated("cronjob.txt", text) == ([], [])


def test_root_runs_a_command_and_is_none() -> None:
    assert _stated("crontab", "0 3 * * * root python train.py\n") == (["0 3 * * *"], ["python train.py"])


@pytest.mark.parametrize(("path", "role"), [("cronjob.txt", "product"), ("notes.txt", "docs")])
def test_a_table_that_is_called_a_text_is_read(path: str, role: str) -> None:
    assert roles.role(path) == role
