from __future__ import annotations

import pytest

from mlops_scan.assessment import Answer, Assessment, Origin, Proven
from mlops_scan.difference import Change, Difference, Line, Side
from mlops_scan.reports import markup
from mlops_scan.reports.assessments import markdown
from mlops_scan.reports.differences import markdown as changes

PROOF = Proven("a.b", "ci.yml", 3, "strong", "Runs.")
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def side(label: str, level: int | None, kind: str = "commit") -> Side:
    return Side(label, Origin(".", COMMIT, kind), "ml-system", level, "")


@pytest.mark.parametrize(
    ("base", "head", "title"),
    [
        (2, 1, "level 2 → level 1"),
        (3, 3, "level 3, as before"),
        (None, 0, "no level → level 0"),
        (None, None, "no level, as before"),
    ],
)
def test_what_changed_of_the_level_is_the_title(base: int | None, head: int | None, title: str) -> None:
    shown = changes.render(Difference(side("main", base), side("worktree", head, "worktree"), (), ()))
    assert shown.splitlines()[0] == f"## What changed: {title}"
    assert "No capability gained or lost." in shown


@pytest.mark.parametrize(
    ("label", "said"),
    [("main", "`main` (`0123456789ab`)"), (COMMIT[:12], "`0123456789ab`"), (f"{COMMIT}^1", "`0123456789ab`")],
)
def test_sides_are_named_as_readers_know_them(label: str, said: str) -> None:
    shown = changes.render(Difference(side(label, 1), side("index", 1, "index"), (), ()))
    assert f"From {said} to the index:" in shown


def test_the_report_says_what_it_is_of_and_what_is_reached() -> None:
    origin = Origin("services/`x`", COMMIT, "worktree")
    shown = markdown.render(Assessment(origin, "ml-system", 1, "DevOps, no MLOps", True, (), ()))  # noqa: FBT003
    assert "ml-system; worktree of `` services/`x` `` at `0123456789ab`" in shown
    assert "| ✅ | **1 DevOps, no MLOps** ← here | 0 of 3 |" in shown
    assert "| ⬜ | 2 Automated training | 0 of 3 |" in shown


def test_no_report_is_longer_than_a_comment_may_be() -> None:
    many = tuple(Line("removed", "x" * 60, 1, "`" * 300) for _ in range(200))
    change = Change("unit-tests", 1, required=True, before="present", after="absent", evidence=(), lines=many)
    shown = changes.render(Difference(side("main", 1), side("main", 0), (change,), ()))
    assert len(shown) <= markup.MOST
    assert "… cut here, to fit" in shown
    answers = tuple(Answer("unit-tests", 1, required=True, status="present", evidence=(PROOF,)) for _ in range(2000))
    origin = Origin(".", None, "worktree")
    report = markdown.render(Assessment(origin, "ml-system", 1, "", True, answers, ()))  # noqa: FBT003
    assert len(report) <= markup.MOST
    assert report.count("<details>") == report.count("</details>") == 1
