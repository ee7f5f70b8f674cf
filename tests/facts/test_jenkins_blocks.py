from __future__ import annotations

import pytest

from mlops_scan.facts.jenkins_blocks import blocks
from mlops_scan.facts.tokens import tokens


def order(text: str) -> dict[str, tuple[str, ...]]:
    """Return what each stage comes behind."""
    found = tokens(text, "groovy")
    return {found[place + 2].text: before for place, before in blocks(found).after.items()}


def forgiven(text: str) -> list[str]:
    found = tokens(text, "groovy")
    told = blocks(found).forgiven
    return [found[place + 1].text for place, token in enumerate(found) if token.text == "sh" and place in told]


def test_stages_come_behind_each_other_and_parallel_ones_beside() -> None:
    text = """stages {
  stage('A') { steps { sh 'a' } }
  stage('B') { parallel {
    stage('C') { steps { sh 'c' } }
    stage('D') { stages { stage('E') { } stage('F') { } } }
  } }
  stage('G') { }
}"""
    assert order(text) == {
        "A": (),
        "B": ("A",),
        "C": ("A",),
        "D": ("A",),
        "E": ("A",),
        "F": ("E",),
        "G": ("C", "F"),
    }


def test_what_follows_on_a_caught_failure_waits_for_nothing() -> None:
    text = "node { try { stage('A') { } stage('B') { } } catch (e) { stage('C') { } } stage('D') { } }"
    assert order(text) == {"A": (), "B": ("A",), "C": (), "D": ()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("try { sh 'a' } catch (e) { echo 'no' }; sh 'b'", ["a"]),
        ("try { sh 'a' } catch (e) { throw e }", []),
        ("try { sh 'a' } catch (e) { currentBuild.result = 'FAILURE' }", []),
        ("try { sh 'a' } finally { sh 'b' }", []),
        ("warnError('no') { sh 'a' }", ["a"]),
        ("catchError(buildResult: 'SUCCESS') { sh 'a' }", ["a"]),
        ("catchError { sh 'a' }", []),
        ("sh 'a'\nsh script: 'b', returnStatus: true", ["script:"]),
        ("sh 'a'\nsh 'b", []),
        ("try { sh 'a'", []),
        ("try", []),
    ],
)
def test_steps_that_may_fail_are_forgiven(text: str, expected: list[str]) -> None:
    assert forgiven(text) == expected
