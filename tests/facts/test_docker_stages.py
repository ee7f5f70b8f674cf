from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = "FROM python:3.12 AS base\nCOPY . /app\n"
SERVE = 'ENTRYPOINT ["python"]\nCMD ["serve.py"]\n'


@pytest.mark.parametrize(
    ("text", "run"),
    [
        (f"{BASE}{SERVE}FROM base\n", ["python serve.py"]),  # as the stage below
        (f"{BASE}{SERVE}FROM base AS later\nCMD train.py\n", ["python train.py"]),
        (f"{BASE}{SERVE}FROM Base\nENTRYPOINT gunicorn app:app\n", ["gunicorn app:app"]),  # not told to serve.py
        (f"{BASE}FROM base AS build\n{SERVE}FROM base AS test\n", ["python serve.py"]),  # where tests are run
        (f"{BASE}{SERVE}FROM nginx\nCOPY --from=base /app /www\n", []),  # which starts what it starts
        (f"{BASE}FROM base AS test\n", []),
        (f"{BASE}{SERVE}FROM base AS one\nCMD one.py\nFROM base AS two\nCMD two.py\n", ["python two.py"]),
    ],
)
def test_an_image_runs_what_its_stages_start(stated: Callable[..., list[Any]], text: str, run: list[str]) -> None:
    assert [found for (found,) in stated("Dockerfile", text, Command, "run")] == run


def test_many_stages_take_no_longer_than_many_lines(stated: Callable[..., list[Any]]) -> None:
    stages = "".join(f"FROM s{number} AS s{number + 1}\n" for number in range(20_000))
    text = f"FROM python AS s0\nCMD python serve.py\n{stages}"
    assert stated("Dockerfile", text, Command, "run") == [("python serve.py",)]
