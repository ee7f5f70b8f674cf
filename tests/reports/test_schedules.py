from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_scan.reports.schedules import in_words


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("schedule 0 3 * * 1", "schedule 0 3 * * 1 (at 03:00, only on Monday)"),
        ("schedule */5 * * * *", "schedule */5 * * * * (every 5 minutes)"),
        ("schedule cron(0 12 * * ? *)", "schedule cron(0 12 * * ? *) (at 12:00)"),
        ("schedule 0 0 12 ? * MON *", "schedule 0 0 12 ? * MON * (at 12:00, only on Monday)"),
        ("schedule @daily", None),
        ("schedule rate(1 day)", None),
        ("schedule H 2 * * 0", None),
        ("schedule: prefect.flow.serve", None),
        ("push main", None),
    ],
)
def test_a_cron_expression_is_told_in_words(what: str, told: str | None) -> None:
    assert in_words(what) == (told or what)


@given(st.text(alphabet="0123456789*/-,?LW# MONabc()é", max_size=40))
def test_no_expression_breaks_a_report(expression: str) -> None:
    assert in_words(f"schedule {expression}").startswith(f"schedule {expression}")
