from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


CODE = """\
import sys
from airflow.exceptions import AirflowSkipException
from scipy.stats import ks_2samp
from sklearn.linear_model import Ridge

def main(reference, current, labels):
    drift = ks_2samp(reference, current)
    if drift.pvalue {test}:
        {outcome}
    Ridge().fit(current, labels)
"""


@pytest.mark.parametrize(
    ("test", "outcome", "present"),
    [
        ("> 0.05", "return", True),
        ("> 0.05", "raise AirflowSkipException('stable')", True),
        ("< 0.05", "sys.exit(1)", False),  # bad data fail the run: nothing starts because of them
        ("< 0.05", "raise ValueError('bad data')", False),
    ],
)
def test_a_monitor_starts_training_unless_it_fails_the_run(
    test: str, outcome: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("feedback-triggered-retraining", {"retrain.py": CODE.format(test=test, outcome=outcome)})
    assert (found.status == "present") is present


CYCLE = """\
from checks import compute_drift
from sklearn.linear_model import Ridge

def cycle(reference, current, labels, settings):
    found = compute_drift(reference, current)
    {decided}
    if outcome.retrain:
        if settings.frozen:
            raise ValueError("not now")
        Ridge().fit(current, labels)
"""


@pytest.mark.parametrize(
    ("decided", "present"),
    [
        ("outcome = Outcome(retrain=found.detected or age > settings.days)", True),
        ("outcome = Outcome(retrain=age > settings.days)", False),  # the calendar is no monitor
        ("outcome = Outcome(retrain=settings.detected)", False),  # nothing here says what sets it
        ("outcome = Outcome(retrain=settings.drift_allowed and age > settings.days)", False),
    ],
)
def test_what_a_monitor_found_beside_a_comparison_starts_training(
    decided: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("feedback-triggered-retraining", {"cycle.py": CYCLE.format(decided=decided)})
    assert (found.status == "present") is present


MADE_UP = """\
import numpy as np
from churn import draw, inject_drift, simulate_week
from scipy.stats import ks_2samp
from sklearn.linear_model import Ridge

np.random.seed(1)

def main(reference, latest, labels):
    current = {current}
    drift = ks_2samp(reference, current)
    if drift.pvalue < 0.05:
        Ridge().fit(current, labels)
"""


@pytest.mark.parametrize(
    ("current", "present"),
    [
        ("simulate_week(reference)", False),
        ("inject_drift(reference)", False),
        ("reference + np.random.normal(0, 1, 9)", False),
        ("latest", True),
        ("draw(latest)", True),
        ("generate_drift_report(latest)", True),
        ("generate_drift(reference)", False),
        ("get_drift_data(latest)", True),
        ("generate_drift_data(reference)", False),
        ("np.random.permutation(latest)", True),
    ],
)
def test_drift_that_a_program_makes_up_starts_no_training(
    current: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("feedback-triggered-retraining", {"retrain.py": MADE_UP.format(current=current)})
    assert (found.status == "present") is present


MEASURED = """\
import joblib
from sklearn.linear_model import Ridge

def check(rows, labels):
    model = {made}
    new_score = model.score(rows, labels)
    {decided}
        model = Ridge().fit(rows, labels)
"""


@pytest.mark.parametrize(
    ("made", "decided", "present"),
    [
        ("joblib.load('models/ridge.joblib')", "if new_score < last_score:", True),
        ("Ridge(alpha=2).fit(rows, labels)", "if new_score < last_score:", False),  # a search for a better model
        ("joblib.load('models/ridge.joblib')", "if len(rows) > 100:", False),  # measures no model
        ("given(rows)", "if new_score < last_score:", False),
        ("joblib.load('ridge.joblib')", "if new_score >= last_score:\n        raise SystemExit\n    else:", True),
        ("joblib.load('ridge.joblib')", "if new_score < 0.1:\n        raise SystemExit\n    if True:", False),
    ],
)
def test_a_stored_model_that_measures_badly_starts_training(
    made: str, decided: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("feedback-triggered-retraining", {"check.py": MEASURED.format(made=made, decided=decided)})
    assert (found.status == "present") is present


REPORTED = """\
import json
from sklearn.linear_model import Ridge

def check(drift_share, limit):
    found = drift_share > limit
    json.dump({"retrain": found, "drift_share": drift_share}, open("status.json", "w"))

def cycle(rows, labels):
    status = json.load(open("status.json"))
    flag = FLAG
    if flag:
        Ridge().fit(rows, labels)

check(drift_share, 0.3)
cycle(rows, labels)
"""


@pytest.mark.parametrize(
    ("flag", "present"),
    [
        ("bool(status.get('retrain', False))", True),
        ("status['retrain']", True),
        ("bool(status.get('rows', 0))", False),  # nothing that a monitor found
    ],
)
def test_a_flag_in_a_report_is_what_the_monitor_found(
    flag: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("feedback-triggered-retraining", {"cycle.py": REPORTED.replace("FLAG", flag)})
    assert (found.status == "present") is present


ROUNDS = """\
from checks import compute_drift
from sklearn.linear_model import Ridge

def main(reference, weeks, labels):
    for week in weeks:
        {before}
        if compute_drift(reference, week) > 0.2:
            Ridge().fit(week, labels)
"""


@pytest.mark.parametrize(
    ("before", "present"),
    [
        ("print(week)", True),
        ("Ridge().fit(week, labels)", False),  # a search, whose every round measures what it has just trained
    ],
)
def test_a_search_among_models_is_no_feedback(
    before: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("feedback-triggered-retraining", {"watch.py": ROUNDS.format(before=before)})
    assert (found.status == "present") is present


SENSOR = """\
from dagster import RunRequest, SkipReason, asset_sensor, define_asset_job, asset, AssetKey
from sklearn.linear_model import Ridge

@asset(group_name="training")
def model(rows):
    return Ridge().fit(rows.x, rows.y)

retrain = define_asset_job("retrain", selection="group:training")

@asset_sensor(asset_key=AssetKey("drift_report"), job=retrain)
def watch(context, event):
    found = event.metadata
    if {test}:
        yield RunRequest(run_key=event.run_id)
    else:
        yield SkipReason("stable")
"""


@pytest.mark.parametrize(
    ("test", "present"),
    [
        ('float(found["drift_share"]) > 0.3', True),
        ('float(found["rows"]) > 1000', False),  # new data are no monitor's result
    ],
)
def test_a_sensor_of_dagster_asks_for_a_run_by_what_a_monitor_found(
    test: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    found = answer("feedback-triggered-retraining", {"jobs.py": SENSOR.format(test=test)})
    assert (found.status == "present") is present
