from __future__ import annotations

import pytest

from mlops_scan.facts.github_expressions import UNKNOWN, Unknown, Value, condition, evaluate

SCHEDULE: dict[str, Value] = {
    "github.event_name": "schedule",
    "github.ref": Unknown("refs/heads/"),
    "inputs.*": None,
    "github.event.inputs.*": None,
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("false", False),
        ("${{ false }}", False),
        ("true", True),
        ("github.event_name == 'schedule'", True),
        ("${{ github.event_name == 'workflow_dispatch' }}", False),
        ("github.event_name != 'schedule'", False),
        ("GITHUB.EVENT_NAME == 'Schedule'", True),
        ("github['event_name'] == 'push'", False),
        ("github.ref == 'refs/heads/main'", None),
        ("github.ref == 'refs/tags/v1'", False),
        ("startsWith(github.ref, 'refs/tags/')", False),
        ("startsWith(github.ref, 'refs/heads/')", True),
        ("startsWith(github.ref, 'refs/heads/release')", None),
        ("github.event_name == 'push' && github.ref == 'refs/heads/main'", False),
        ("github.event_name == 'push' || github.ref == 'refs/heads/main'", None),
        ("github.event_name == 'push' || (always() && !cancelled())", None),
        ("!(github.event_name == 'push')", True),
        ("inputs.train == 'true'", False),
        ("inputs.train != 'false'", True),
        ("inputs.train", False),
        ("inputs.train || 'true'", True),
        ("github.event.inputs.train == ''", True),
        ("needs.drift.outputs.found == 'true'", None),
        ("needs.drift.outputs.found == 'true' && github.event_name == 'push'", False),
        ('contains(fromJSON(\'["push", "schedule"]\'), github.event_name)', True),
        ("contains(fromJSON('[\"push\"]'), github.event_name)", False),
        ("contains('schedule, push', github.event_name)", True),
        ("contains(github.event.head_commit.message, 'retrain')", None),
        ("endsWith(github.event_name, 'ule')", True),
        ("1 < 2 && 0x10 == 16 && 'a''b' == 'A''B'", True),
        ("success()", True),
        ("failure()", None),
        ("secrets.KEY != ''", None),
        ("needs.*.result == 'success'", None),
        ("steps.a-b.outputs.x_1", None),
        # a text with an expression in it is not empty, and so always true
        ("${{ github.event_name == 'push' }} && github.ref == 'x'", True),
        ("this is (no expression", None),
        ("", None),
    ],
)
def test_conditions_on_a_schedule(text: str, *, expected: bool | None) -> None:
    assert condition(text, SCHEDULE) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("inputs.train || 'full'", "full"),
        ("github.event_name == 'schedule' && 'full' || 'fast'", "full"),
        ("vars.MODE || 'full'", Unknown(truth=True)),
        ("vars.MODE", UNKNOWN),
        ("hashFiles('a')", UNKNOWN),
        ("(" * 500 + "true" + ")" * 500, UNKNOWN),
        ("true " * 2000, UNKNOWN),
    ],
)
def test_values(text: str, expected: Value) -> None:
    assert evaluate(text, SCHEDULE) == expected
