from __future__ import annotations

import pytest

from mlops_scan.facts import read
from mlops_scan.facts.kinds import Condition
from mlops_scan.facts.shell_conditions import conditions


def _found(text: str) -> list[tuple[tuple[str, ...], str]]:
    return [(fact.operands, fact.stops) for fact in conditions(text, 1, "job") if fact.operands]


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


@pytest.mark.parametrize(
    ("text", "names", "stops"),
    [
        ('if [ "$GOOD" = "true" ]; then deploy; fi', ("GOOD", "good"), ""),
        ('if [[ "${{ steps.gate.outputs.good }}" != "yes" ]]; then exit 1; fi', ("good",), "run"),
        ('[ "$GOOD" = "true" ] && deploy', ("GOOD", "good"), ""),
        ('[ "$GOOD" = "true" ] || exit 0', ("GOOD", "good"), "unit"),
        ('GOOD=$(python gate.py)\nif [ "$GOOD" = "true" ]; then deploy; fi', ("GOOD", "good", "print:0"), ""),
        ('if [ "$(python gate.py)" = "true" ]; then deploy; fi', ("print:0",), ""),
    ],
)
def test_a_test_for_a_word_names_the_variable(text: str, names: tuple[str, ...], stops: str) -> None:
    assert [(fact.worded, fact.stops) for fact in conditions(text, 1, "job") if fact.worded] == [(names, stops)]


@pytest.mark.parametrize(
    "text", ['if [ -n "$GOOD" ]; then deploy; fi', 'if curl -d "a=$GOOD"; then ls; fi', "echo a = $GOOD"]
)
def test_other_tests_ask_for_no_word(text: str) -> None:
    assert [fact for fact in conditions(text, 1, "job") if fact.worded] == []


@pytest.mark.parametrize(
    ("text", "kept", "of"),
    [
        ('echo "good=$(python gate.py)" >> $GITHUB_OUTPUT', ("good",), ("print:0",)),
        ('R=$(python gate.py)\necho "good=$R" >> $GITHUB_OUTPUT', ("good",), ("print:0",)),
        ('if [ $ACC -gt 9 ]; then\n  echo "##vso[task.setvariable variable=good;isOutput=true]1"\nfi', ("good",), ()),
        ('if [ $ACC -gt 9 ]; then\n  echo "GOOD=true" >> deploy.env\nfi', ("GOOD",), ()),
        ('if [ $ACC -gt 9 ]; then\n  echo "good=true" | tee -a "$GITHUB_OUTPUT"\nfi', ("good",), ()),
        ('if [ $ACC -gt 9 ]; then\n  printf "good=true" >> $GITHUB_OUTPUT\nfi', ("good",), ()),
    ],
)
def test_outputs_are_kept_for_later_steps(text: str, kept: tuple[str, ...], of: tuple[str, ...]) -> None:
    assert [(fact.kept, fact.worded) for fact in conditions(text, 1, "job") if fact.kept] == [(kept, of)]


@pytest.mark.parametrize(
    "text", ['echo "good=$(date)" >> out', 'if [ $ACC -gt 9 ]; then\n  echo "acc=$ACC is good"\nfi']
)
def test_what_is_only_said_is_kept_by_nobody(text: str) -> None:
    assert [fact for fact in conditions(text, 1, "job") if fact.kept] == []


def test_a_variable_that_a_comparison_decides_is_what_it_compares() -> None:
    text = 'if [ $ACC -gt 9 ]; then\n  GOOD=true\nfi\nif [ "$GOOD" = "true" ]; then deploy; fi'
    assert [fact.operands for fact in conditions(text, 1, "job")] == [("acc",), ("acc",)]


def test_a_variable_that_is_given_anything_else_afterwards_is_decided_by_nothing() -> None:
    text = "if [ $ACC -gt 9 ]; then\n  GOOD=5\nfi\nGOOD=$(date)\nif [ $GOOD = 5 ]; then exit 1; fi"
    assert [fact.operands for fact in conditions(text, 1, "job") if fact.operands] == [("acc",)]
