from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Call, Link, Trigger

if TYPE_CHECKING:
    from collections.abc import Callable


def linked(stated: Callable[..., list[Any]], text: str, path: str = "flows/churn.py") -> set[tuple[str, str, str]]:
    return set(stated(path, text, Link, "unit", "kind", "target"))


def scheduled(stated: Callable[..., list[Any]], text: str, path: str = "flows/churn.py") -> list[tuple[str, str]]:
    return stated(path, text, Trigger, "unit", "detail")


@pytest.mark.parametrize(
    ("call", "target"),
    [
        ("BackgroundScheduler().add_job(train, 'interval', hours=1)", "flows/churn.py:train"),
        (
            "BackgroundScheduler().add_job('pkg.jobs:train', trigger=CronTrigger.from_crontab('@daily'))",
            "pkg.jobs:train",
        ),
        ("BackgroundScheduler().add_job(lambda: train(), 'cron', hour=3)", "flows/churn.py:train"),
        ("scheduler.add_job(train, 'cron', hour=3)", "flows/churn.py:train"),
        ("schedule.every(3).days.at('03:00').do(train)", "flows/churn.py:train"),
        ("app.add_periodic_task(3600, train.s())", "flows/churn.py:train.s"),
    ],
)
def test_jobs_inside_a_process(stated: Callable[..., list[Any]], call: str, target: str) -> None:
    text = (
        "import celery, schedule\nfrom apscheduler.schedulers.background import BackgroundScheduler\n"
        f"from apscheduler.triggers.cron import CronTrigger\ndef train(): ...\n{call}\n"
    )
    assert [unit for unit, _ in scheduled(stated, text)] == ["job:5"]
    assert ("job:5", "function", target) in linked(stated, text)


@pytest.mark.parametrize("trigger", ["", ", 'date'", ", trigger=DateTrigger()", ", trigger"])
def test_jobs_that_run_once_or_who_knows_when(stated: Callable[..., list[Any]], trigger: str) -> None:
    text = (
        "from apscheduler.schedulers.background import BackgroundScheduler\nfrom apscheduler.triggers.date import DateTrigger\n"
        f"def go(f, trigger):\n    BackgroundScheduler().add_job(f{trigger})\n"
    )
    assert scheduled(stated, text) == []


@pytest.mark.parametrize(
    "table", ["app.conf.beat_schedule = {0}", "CELERY_BEAT_SCHEDULE: dict = {0}", "app.conf.update(beat_schedule={0})"]
)
def test_celery_tables_wherever_they_are_assigned(stated: Callable[..., list[Any]], table: str) -> None:
    entries = '{"a": {"task": "jobs.train", "schedule": 60}, "b": {"task": "jobs.report"}, "c": other, **more}'
    text = table.replace("{0}", entries)
    assert scheduled(stated, text) == [("beat a", "60")]
    assert linked(stated, text) == {("beat a", "name", "jobs.train"), ("beat b", "name", "jobs.report")}


@pytest.mark.parametrize(
    ("table", "when"),
    [
        (
            'class Config:\n    JOBS = [{"id": "a", "func": "jobs:train", "trigger": "interval", "hours": 24}]\n',
            "interval",
        ),
        ('SCHEDULER_JOBS = [{"func": "jobs:train", "trigger": {"type": "cron", "day": "*"}}]\n', "cron"),
        ('CRONJOBS = [("0 3 * * 1", "jobs.train", ">> log")]\n', "0 3 * * 1"),
    ],
)
def test_lists_of_jobs_in_settings(stated: Callable[..., list[Any]], table: str, when: str) -> None:
    ((unit, said),) = scheduled(stated, table)
    assert (said, linked(stated, table)) == (when, {(unit, "function", "jobs:train")})


@pytest.mark.parametrize(
    "table",
    [
        'JOBS = [{"func": "jobs:train", "trigger": "date"}]\n',
        'JOBS = [{"func": train, "trigger": "cron"}, "train", ("0 3 * * 1", "jobs.train")]\n',
        'CRONJOBS = [("0 3 * * 1",), "jobs.train", ("0 3 * * 1", "train")]\n',
        'TASKS = [("0 3 * * 1", "jobs.train")]\n',
    ],
)
def test_other_lists_schedule_nothing(stated: Callable[..., list[Any]], table: str) -> None:
    assert scheduled(stated, table) == []


def test_flask_apscheduler_decorates_jobs_and_adds_them(stated: Callable[..., list[Any]]) -> None:
    text = (
        "from flask_apscheduler import APScheduler\nfrom churn import train\ns = APScheduler()\n"
        "@s.task('interval', id='a', hours=24)\ndef job():\n    train()\n"
        "@s.task('date', id='b', run_date='2030-01-01')\ndef once():\n    train()\n"
        "s.add_job(id='c', func=train, trigger='cron', hour=3)\n"
    )
    assert scheduled(stated, text) == [("job", "interval"), ("job:10", "cron")]


def test_a_timer_that_starts_itself_again_comes_again(stated: Callable[..., list[Any]]) -> None:
    text = "import threading\ndef again():\n    threading.Timer(3600, {0}).start()\ndef other():\n    pass\n"
    assert scheduled(stated, text.replace("{0}", "again")) == [("again", "3600")]
    assert scheduled(stated, text.replace("{0}", "other")) == []


def test_a_flow_of_another_file_is_served_by_its_interval(stated: Callable[..., list[Any]]) -> None:
    text = "from datetime import timedelta\nfrom flows.x import fit\nfit.serve(name='a', interval=timedelta(days=7))\n"
    assert scheduled(stated, text) == [("fit/a", "every 7 days")]
    assert scheduled(stated, "from web import app\napp.serve(interval=5)\n") == []


def test_what_is_unpacked_stands_under_stars(stated: Callable[..., list[Any]]) -> None:
    assert stated("x.py", "import a\na.f(**{'b': 1})\na.f(**a.c)\n", Call, "arguments") == [
        ({"b": "1"},),
        ({"**": "a.c"},),
    ]


def test_files_of_tests_schedule_nothing(stated: Callable[..., list[Any]]) -> None:
    assert (
        scheduled(stated, "from airflow import DAG\nwith DAG('a', schedule='@daily'):\n    pass\n", "dags/test_dags.py")
        == []
    )
