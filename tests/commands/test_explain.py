from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from mlops_scan import cli

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


def explained(capability: str, fixture: str) -> str:
    words = ["explain", capability, str(FIXTURES / fixture / "repo"), "--no-cache"]
    result = CliRunner().invoke(cli.app, words, standalone_mode=False)
    assert result.exception is None
    return result.output


@pytest.mark.parametrize(
    ("capability", "fixture", "said"),
    [
        (
            "experiment-tracking",
            "trap-weak-mentions",
            "requirements.txt:3  Weights & Biases is declared, never imported",
        ),
        (
            "experiment-tracking",
            "trap-weak-mentions",
            "requirements.txt:2  MLflow is declared, and imported in train.py:3",
        ),
        ("automated-retraining", "trap-retrain-by-hand", "but none of schedule, event, monitor comes to it"),
        ("automated-deployment", "trap-deploy-if-false", "a chain ends here: job deploy: if: false"),
        ("automated-retraining", "trap-weak-mentions", "there is no trigger of the kinds schedule, event, monitor"),
    ],
)
def test_what_comes_close_is_shown_with_the_reason_why_it_does_not_count(
    capability: str, fixture: str, said: str
) -> None:
    told = explained(capability, fixture)
    assert "Why it matters: " in told
    assert said in told
    assert "For example: " in told


def test_tests_that_cannot_begin_come_close(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "__init__.py").touch()
    (tmp_path / "test_fit.py").write_text("from src.models.fit import fit\n\n\ndef test_it():\n    assert fit()\n")
    words = ["explain", "unit-tests", str(tmp_path), "--no-cache"]
    told = " ".join(CliRunner().invoke(cli.app, words, standalone_mode=False).output.split())
    assert "What its file takes from this repository is not there." in told


def test_what_is_there_is_shown_with_its_chain_and_needs_no_example() -> None:
    told = explained("automated-retraining", "level-4-scheduled")
    assert "In this repository: present: it is practised here" in told
    assert "    .github/workflows/drift.yml:4  schedule 0 6 * * *" in told
    assert "For example" not in told
    assert "comes close" not in told


def test_only_capabilities_are_looked_for_in_a_repository() -> None:
    result = CliRunner().invoke(cli.app, ["explain", "mlflow", str(FIXTURES)], standalone_mode=False)
    assert "no capability is called 'mlflow'" in str(result.exception)
