from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Outcome
from mlops_scan.facts.shell import facts

FAILED, GAVE = True, False


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("! python drift.py", [(2, 2, FAILED)]),
        ("[ $? -ne 0 ]", [(1, 1, FAILED)]),
        ('[[ "$?" == 1 ]]', [(1, 1, FAILED)]),
        ('[ "$(jq -r .drift report.json)" = "true" ]', [(1, 2, GAVE)]),
        ("grep -q drifted report.txt", [(1, 2, GAVE)]),
        ("! grep -q stable report.txt", [(1, 2, GAVE)]),
        ("[ -f drifted.flag ]", [(1, 2, GAVE)]),
        ('[ "${{ steps.drift.outputs.found }}" = "true" ]', [(1, 2, GAVE)]),
        ("[ $? -eq 0 ]", []),  # goes on where all is well
        ("python drift.py", []),
        ('[ "$BRANCH" = "main" ]', []),  # what nothing here gave
        ("! [ -d data ]", []),
    ],
)
def test_lines_that_hang_on_what_came_of_commands_before(test: str, found: list[tuple[int, int, bool]]) -> None:
    text = f"python drift.py\nif {test}; then\n  python train.py\nfi\n"
    told = [fact for fact in facts(text, 1) if isinstance(fact, Outcome)]
    assert [(one.first, one.last, one.failed) for one in told] == found
    assert all((one.line, one.end) == (3, 4) for one in told)


@pytest.mark.parametrize(
    ("test", "exits", "failed"),
    [
        ('[[ "$code" != "2" ]]', "exit 0", True),
        ("[ $code -eq 0 ]", "exit", True),
        ('[ "$(jq -r .drift report.json)" != "true" ]', "exit 0", False),
        ("[ $code -ne 0 ]", "exit 0", None),  # goes on where all is well
        ('[ "$(jq -r .drift report.json)" != "true" ]', "exit 1", None),  # an error, not that there is nothing to do
        ('[ "$BRANCH" != "main" ]', "exit 0", None),
    ],
)
def test_what_is_behind_a_way_out_hangs_on_what_leads_there(test: str, exits: str, failed: bool | None) -> None:
    text = f"python drift.py\ncode=$?\nif {test}; then\n  {exits}\nfi\npython train.py\n"
    told = [(fact.line, fact.end, fact.failed) for fact in facts(text, 1) if isinstance(fact, Outcome)]
    behind = [one for one in told if one[0] == 6]
    assert behind == ([] if failed is None else [(6, 6, failed)])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ('DRIFT=$(jq -r .drift report.json)\nif [ "$DRIFT" = "true" ]; then\n  python train.py\nfi', 1),
        ("python drift.py\nSTATUS=$?\nif [ ${STATUS} -ne 0 ]; then\n  python train.py\nfi", 1),
        ("if [ $DRIFT = true ]; then\n  python train.py\nfi", None),
        ("python drift.py; if [ $? -ne 0 ]; then python train.py; fi", None),  # all of it stands on one line
        ("if [ -f drifted ]; then\n  python train.py\n", None),  # and never ends
    ],
)
def test_variables_hold_what_commands_gave(text: str, first: int | None) -> None:
    told = [fact.first for fact in facts(text, 1) if isinstance(fact, Outcome)]
    assert told == ([] if first is None else [first])
