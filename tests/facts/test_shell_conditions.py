from __future__ import annotations

import pytest

from mlops_scan.facts import read
from mlops_scan.facts.kinds import Condition
from mlops_scan.facts.shell_conditions import conditions


def _found(text: str) -> list[tuple[tuple[str, ...], str]]:
    return [(fact.operands, fact.stops) for fact in conditions(text, 1, "job")]


@pytest.mark.parametrize(
    ("text", "operands", "stops"),
    [
        ('if (( $(echo "$ACC < 0.9" | bc -l) )); then\n  exit 1\nfi', ("acc",), "run"),
        ("if [ $NEW -lt ${OLD} ]; then exit 1; fi", ("new", "old"), "run"),
        ('if [[ "$ACC" -gt 9 ]]; then\n  echo good\nelse\n  exit 2\nfi', ("acc",), "run"),
        ("if [ $ACC -gt 9 ]; then deploy; fi", ("acc",), ""),
        ("if [ $ACC -gt 9 ]; then exit 0; fi", ("acc",), ""),
        ("[ $ACC -ge 9 ] || exit 1", ("acc",), "run"),
        ("awk -v acc=\"$ACC\" -v low=9 'BEGIN { exit !(acc >= low) }'", ("acc", "low"), "run"),
        ('LOW=$(echo "$ACC < 9" | bc)\nif [ "$LOW" -eq 1 ]; then exit 1; fi', ("acc",), "run"),
        (
            "X=$(jq -r .acc report.json)\nif [ $X -lt 9 ]; then exit 1; fi",
            ("x", "jq", "-r", "acc", "report.json"),
            "run",
        ),
        ("if [ ${{ steps.test.outputs.acc }} -lt 9 ]; then exit 1; fi", ("acc",), "run"),
    ],
)
def test_comparisons_of_numbers_name_their_variables(text: str, operands: tuple[str, ...], stops: str) -> None:
    assert _found(text) == [(operands, stops)]


@pytest.mark.parametrize(
    "text",
    [
        'if ! curl -f "$ACC" > /dev/null; then exit 1; fi',
        'if [ "$ACC" = "high" ]; then exit 1; fi',
        "# if [ $ACC -lt 9 ]; then exit 1; fi",
        "X=$(jq .acc report.json)\nif [ -z $X ]; then exit 1; fi",
        "echo $ACC | bc",
    ],
)
def test_requests_words_and_comments_compare_nothing(text: str) -> None:
    assert _found(text) == []


def test_inner_comparisons_come_first_and_each_ends_where_it_is_closed() -> None:
    text = "if [ $A -lt 1 ]; then\n  if [ $B -lt 1 ]; then\n    exit 1\n  fi\nelif [ $C -lt 1 ]; then\n  go\nfi"
    found = [(fact.operands, fact.line, fact.end, fact.stops) for fact in conditions(text, 1, "")]
    assert found == [(("b",), 2, 4, "run"), (("a",), 1, 5, "run"), (("c",), 5, 7, "")]


WORKFLOW = """\
on: push
jobs:
  gate:
    steps:
      - run: |
          if [ $ACC -gt 9 ]; then
            echo "good=true" >> $GITHUB_OUTPUT
          fi
      - if: steps.gate.outputs.good == 'true'
        run: |
          echo one
          echo two
  deploy:
    if: needs.gate.outputs.good == 'true' && github.ref == 'refs/heads/main'
    steps:
      - run: echo
"""


def test_outputs_are_kept_where_a_comparison_decides_and_asked_by_jobs_and_steps() -> None:
    facts = read(".github/workflows/cd.yml", WORKFLOW.encode()).facts
    found = [(f.line, f.end, f.stops, f.unit, f.kept) for f in facts if isinstance(f, Condition) and f.operands]
    assert (7, 7, "", "gate", ("good",)) in found
    assert (9, 12, "", "gate", ()) in found
    assert (13, 13, "unit", "deploy", ()) in found
