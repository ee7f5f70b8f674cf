from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer


DECIDE = """\
def decide(new, old, epsilon=1e-9):
    if new["recall"] > old["recall"] + epsilon:
        return Decision(promote=True)
    return Decision(promote=False)
"""
REPLACING = """\
import shutil

from sklearn.linear_model import Ridge


{decide}

def look(new):
    return Decision(promote=bool(new))


def prepare(new, old):
    rows = label(decide(new, old))
    return Table(rows, promote=True)


def main(new, old, candidate_path, production_path, backup_path):
    decision = {decided}
    if decision.promote:
        {then}


Ridge().fit(X, y)
"""


@pytest.mark.parametrize(
    ("decided", "then", "present"),
    [
        ("decide(new, old)", "shutil.copy2(candidate_path, production_path)", True),
        ("decide(new, old)", "shutil.copy2(production_path, backup_path)", False),
        ("decide(new, old)", "print(decision)", False),
        ("look(new)", "shutil.copy2(candidate_path, production_path)", False),
        ("given(new)", "shutil.copy2(candidate_path, production_path)", False),  # nobody knows what it compares
        ("prepare(new, old)", "shutil.copy2(candidate_path, production_path)", False),  # compares along the way
    ],
)
def test_a_decision_puts_the_candidate_in_the_place_of_the_model_in_use(
    decided: str, then: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    asked = decided.startswith(("decide(", "prepare("))
    code = REPLACING.format(decide=DECIDE if asked else "", decided=decided, then=then)
    assert (answer("model-validation", {"cycle.py": code}).status == "present") is present


def test_whether_a_table_is_empty_is_no_decision(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    code = REPLACING.format(
        decide=DECIDE, decided="decide(new, old)", then="shutil.copy2(candidate_path, production_path)"
    )
    found = answer("model-validation", {"cycle.py": code.replace("decision.promote", "decision.empty")})
    assert found.status != "present"


NAMING = """\
import mlflow


def choose(new, old):
    if new["f1"] > old["f1"]:
        return "champion", "better"
    return "challenger", "not better"


def read(settings):
    return settings["alias"]


def main(new, old, settings):
    {chosen}
    mlflow.MlflowClient().set_registered_model_alias(
        name="churn", {handed}, version="1"
    )
"""


@pytest.mark.parametrize(
    ("chosen", "handed", "present"),
    [
        ("alias, why = choose(new, old)", "alias=alias", True),
        ("target_alias = choose(new, old)[0]", "alias=target_alias", False),  # one of several, by its number
        ("alias = 'champion' if new['f1'] > old['f1'] else 'challenger'", "alias=alias", True),
        ("alias, why = choose(new, old)", "alias='champion'", False),  # asked, and named so all the same
        ("alias = read(settings)", "alias=alias", False),
        ("alias = champion_alias(settings)", "alias=alias", False),  # nobody knows what decides
        ("alias = 'champion' if new['rows'] > old['rows'] else 'challenger'", "alias=alias", False),
        ("note, why = choose(new, old)", "alias='champion', description=note", False),
    ],
)
def test_a_comparison_decides_which_alias_a_version_gets(
    chosen: str, handed: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    code = NAMING.format(chosen=chosen, handed=handed)
    assert (answer("model-validation", {"promote.py": code}).status == "present") is present


MEASURED = """\
import shutil

from sklearn.linear_model import Ridge
from sklearn.metrics import f1_score


new_f1 = f1_score(truth, new)
old_f1 = f1_score(truth, old)
{loop}
    if {compared}:
        {then}

Ridge().fit(X, y)
"""


@pytest.mark.parametrize(
    ("loop", "compared", "then", "present"),
    [
        ("if True:", "new_f1 >= old_f1", "shutil.copy('new.pkl', 'production.pkl')", True),
        ("if True:", "new_f1 >= old_f1", "shutil.copy('production.pkl', 'backup.pkl')", False),
        ("if True:", "new_f1 >= 0.8", "shutil.copy('new.pkl', 'best.pkl')", False),
        ("for epoch in epochs:", "new_f1 >= old_f1", "shutil.copy('new.pkl', 'best.pkl')", False),  # keeps its best
    ],
)
def test_what_is_better_than_the_model_in_use_takes_its_place(
    loop: str, compared: str, then: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    code = MEASURED.format(loop=loop, compared=compared, then=then)
    assert (answer("model-validation", {"validate.py": code}).status == "present") is present
