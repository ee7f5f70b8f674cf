from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import difference, scan
from mlops_scan.claims import Attestation, Claims, Dispute
from mlops_scan.difference import MOST_LINES, Difference, Line
from mlops_scan.scan import Options
from tests.repository import FILES, TEST, TESTED, WORKFLOW, git, level_1, write

if TYPE_CHECKING:
    from pathlib import Path

AGAIN = "import churn\n\n\ndef test_it():\n    assert churn\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return level_1(tmp_path / "churn")


def between(root: Path, base: Options, head: Options) -> Difference:
    return difference.between(scan.judge(str(root), base), scan.judge(str(root), head), ("base", "head"))


def since_head(root: Path, claims: Claims | None = None) -> Difference:
    said = claims or Claims()
    return between(root, Options(revision="HEAD", claims=said), Options(claims=said))


def lines(found: Difference) -> dict[str, list[Line]]:
    return {change.id: list(change.lines) for change in found.lost}


def test_nothing_changed_is_neither_lost_nor_gained_nor_worse(root: Path) -> None:
    found = since_head(root)
    assert (found.lost, found.gained, found.worse) == ((), (), False)
    assert (found.base.label, found.head.label) == ("base", "head")
    assert (found.base.source.kind, found.head.source.kind) == ("commit", "worktree")


def test_a_file_that_is_gone_is_named(root: Path) -> None:
    (root / TEST).unlink()
    found = since_head(root)
    assert lines(found) == {"unit-tests": [Line("gone", TEST, 0, TESTED)]}
    (change,) = found.lost
    assert (change.before, change.after, change.required, change.level) == ("present", "absent", True, 1)
    assert found.worse


def test_a_line_that_is_gone_is_named_where_it_was(root: Path) -> None:
    write(root, WORKFLOW, FILES[WORKFLOW].replace("pytest -q", "echo done"))
    (line,) = lines(since_head(root))["continuous-integration"]
    assert (line.change, line.path, line.line) == ("removed", WORKFLOW, 5)
    assert "pytest" in line.what


def test_a_line_that_only_moved_is_not_named(root: Path) -> None:
    write(root, WORKFLOW, "# moved down by a comment\n" + FILES[WORKFLOW].replace("pytest -q", "echo done"))
    assert [line.line for line in lines(since_head(root))["continuous-integration"]] == [5]


def test_where_no_line_is_gone_what_came_besides_is_named(root: Path) -> None:
    write(root, WORKFLOW, FILES[WORKFLOW].replace("    steps", "    if: false\n    steps"))
    assert lines(since_head(root))["continuous-integration"] == [Line("added", WORKFLOW, 4)]


def test_gained_is_the_other_way_round(root: Path) -> None:
    (root / TEST).unlink()
    found = between(root, Options(), Options(revision="HEAD"))
    assert [(change.id, change.lines) for change in found.gained] == [("unit-tests", (Line("new", TEST, 0, TESTED),))]
    assert not found.worse


def test_what_is_proven_elsewhere_is_not_lost(root: Path) -> None:
    write(root, "tests/test_more.py", AGAIN)
    (root / TEST).unlink()
    assert since_head(root).lost == ()


def test_what_is_attested_is_not_lost(root: Path) -> None:
    (root / TEST).unlink()
    found = since_head(root, Claims(attested=(Attestation("unit-tests", "in another repository"),)))
    assert (found.lost, found.worse) == ((), False)


def test_what_is_disputed_was_never_there(root: Path) -> None:
    (root / TEST).unlink()
    assert since_head(root, Claims(disputed=(Dispute("a copy", path=TEST),))).lost == ()


def test_a_level_is_lost_with_all_machine_learning(root: Path) -> None:
    (root / "churn" / "train.py").unlink()
    found = since_head(root)
    assert (found.base.level, found.head.level, found.worse) == (1, None, True)


def test_no_more_lines_are_named_than_help(root: Path) -> None:
    for number in range(MOST_LINES + 3):
        write(root, f"tests/test_{number}.py", AGAIN)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "many tests")
    git(root, "rm", "-q", "-r", "tests")
    named = lines(since_head(root))["unit-tests"]
    assert len(named) == MOST_LINES
    assert len({line.path for line in named}) == MOST_LINES
