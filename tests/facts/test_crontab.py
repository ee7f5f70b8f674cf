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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('echo "0 3 * * 1 python train.py" | crontab -\n', 1),
        ('RUN=train.py\n(crontab -l; echo "0 3 * * 1 python $RUN") | sudo crontab -u me -\n', 2),
        ('echo "0 3 * * 1 me python train.py" > /etc/cron.d/train\n', 1),
        ('echo -e "SHELL=/bin/sh\\n0 3 * * 1 python train.py" >> mycron\n', 1),
        ('echo "0 3 * * 1 me python train.py" | sudo tee -a /etc/cron.d/train\n', 1),
        ("cat > /etc/cron.d/train <<EOF\n# jobs\n0 3 * * 1 me python train.py\nEOF\n", 3),
        ("cat <<EOF | crontab -\n0 3 * * 1 python train.py\nEOF\n", 2),
        ("crontab - <<'EOF'\n0 3 * * 1 python train.py\nEOF\n", 2),
    ],
)
def test_a_script_writes_a_job(text: str, line: int, stated: Callable[..., list[Any]]) -> None:
    unit = f"cron {line}"
    assert stated("install.sh", text, Trigger, "line", "detail", "unit") == [(line, "0 3 * * 1", unit)]
    assert ("python train.py", unit) in stated("install.sh", text, Command, "run", "unit")


@pytest.mark.parametrize(
    "text",
    [
        'echo "0 3 * * 1 python train.py"\n',
        'echo "0 3 * * 1 python train.py" | grep cron\n',
        'echo "@reboot python train.py" | crontab -\n',
        "cat <<EOF\n0 3 * * 1 python train.py\nEOF\n",
        "crontab -l | grep train\n",
        'echo "0 3 * * * python train.py"; crontab -l\n',
    ],
)
def test_what_is_only_printed_is_no_job(text: str, stated: Callable[..., list[Any]]) -> None:
    assert stated("install.sh", text, Trigger, "line") == []
