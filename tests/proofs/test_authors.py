from __future__ import annotations

import pytest

from mlops_scan import maturity
from mlops_scan.assessment import Answer, Origin
from mlops_scan.chains import build
from mlops_scan.evidence import FileFacts
from mlops_scan.facts import read
from mlops_scan.modules import index

FILES = {"train.py": "import a\n", "Dockerfile": "FROM python\nRUN pip install a\n"}


def judged(history: dict[str, frozenset[str]] | None) -> Answer:
    files = [FileFacts(path, "product", read(path, text.encode()).facts) for path, text in FILES.items()]
    known = maturity.known(files, (), build(files, (), index(FILES)), history)
    found = maturity.assess(known, Origin("churn", None, "worktree")).capabilities
    return next(answer for answer in found if answer.id == "team-collaboration")


BOTH = frozenset(FILES)


@pytest.mark.parametrize(
    ("history", "status"),
    [
        ({"Ada": BOTH, "Grace": BOTH}, "present"),
        ({"Ada": BOTH, "Grace": frozenset({"old.py", "Dockerfile.old"})}, "present"),  # what is gone counts by its name
        ({"Ada": BOTH, "Grace": frozenset({"train.py"})}, "absent"),
        ({"Ada": BOTH}, "absent"),
        (None, "absent"),
    ],
)
def test_people_who_changed_both_are_counted_and_never_named(
    history: dict[str, frozenset[str]] | None, status: str
) -> None:
    answer = judged(history)
    assert answer.status == status
    said = {proven.summary for proven in answer.evidence}
    assert said == (
        {"Changed by one of 2 people who each changed both ML code and engineering files."} if said else said
    )
    assert bool(said) is (status == "present")
