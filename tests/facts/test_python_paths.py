"""Texts and paths that Python code puts together."""

from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Call
from mlops_scan.facts.python_source import python_facts

BEFORE = """
import os
from pathlib import Path
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SCRIPT = os.path.join(os.path.dirname(__file__), "fit.sh")
"""


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"a" + "b"', "ab"),
        ('"python " + name + "/fit.py"', "python {}/fit.py"),
        ('SCRIPT + " "', "./fit.sh "),
        ('os.path.join("jobs", "fit.py")', "jobs/fit.py"),
        ('os.path.join(folder, "fit.py")', "{}/fit.py"),
        ('os.path.join(os.path.dirname(os.path.abspath(__file__)), "../fit.py")', "./../fit.py"),
        ('HERE / "fit.py"', "./fit.py"),
        ('str(ROOT / "jobs" / "fit.py")', "../jobs/fit.py"),
        ('Path(__file__).parent.parent / "fit.py"', "../fit.py"),
        ('"python " + str(HERE / "fit.py")', "python ./fit.py"),
        ("os.path.dirname(os.path.dirname(__file__))", ".."),
        ('os.path.abspath("./jobs")', "./jobs"),
        ('os.path.abspath(os.path.dirname(__file__) + "/..")', "./.."),
        ("+".join(["'x'"] * 500), "x" * 500),
        # nothing of these is known, or they are no texts
        ("a + b", "…"),
        ("a + 1", "…"),
        ("a / 2", "…"),
        ("a / b", "…"),
        ("[1] + a", "…"),
        ("os.path.join(a, b)", "os.path.join"),
        ("os.path.dirname(a)", "os.path.dirname"),
        ("os.path.abspath(a)", "os.path.abspath"),
        ("a.parent", ".parent"),
    ],
)
def test_texts_are_put_together_as_far_as_they_are_known(written: str, text: str) -> None:
    found = [fact for fact in python_facts(f"{BEFORE}use({written})\n", "x.py").facts if isinstance(fact, Call)]
    assert next(call for call in found if call.name == ".use").arguments["0"] == text
