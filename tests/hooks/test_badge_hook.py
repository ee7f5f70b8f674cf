"""The hook that keeps the badge in the repository, run by the real pre-commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hooks.conftest import TEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hooks.conftest import Team

BADGE = "mlops-level.svg"


@pytest.fixture
def badged(team: Team, configure: Callable[..., str]) -> Team:
    team.write(".pre-commit-config.yaml", configure("id: mlops-scan-badge"))
    team.git("add", "-A")
    return team


def test_the_badge_is_made_then_stable_then_brought_up_to_date(badged: Team) -> None:
    made = badged.commit()
    assert made.status != 0
    assert f"mlops-scan: wrote {BADGE}" in made.said
    first = (badged.root / BADGE).read_bytes()
    assert b"level 1: DevOps, no MLOps" in first
    badged.git("add", "-A")
    kept = badged.commit()
    assert kept.status == 0, kept.said
    assert "Passed" in kept.said
    assert (badged.root / BADGE).read_bytes() == first
    badged.git("rm", "-q", TEST, ".github/workflows/ci.yml")
    changed = badged.commit()
    assert changed.status != 0
    assert b"level 0: no automation" in (badged.root / BADGE).read_bytes()
    badged.git("add", "-A")
    assert badged.commit().status == 0


def test_nothing_is_written_where_nothing_changed(badged: Team) -> None:
    assert badged.pre_commit("run", "--all-files").status == 1
    before = (badged.root / BADGE).stat()
    again = badged.pre_commit("run", "--all-files")
    assert again.status == 0, again.said
    after = (badged.root / BADGE).stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_the_badge_can_lie_elsewhere(badged: Team, configure: Callable[..., str]) -> None:
    badged.write("docs/pictures of us/readme.txt", "the badge\n")
    badged.write(
        ".pre-commit-config.yaml", configure("{id: mlops-scan-badge, args: ['--output=docs/pictures of us/b.svg']}")
    )
    badged.git("add", "-A")
    assert badged.commit().status != 0
    assert (badged.root / "docs" / "pictures of us" / "b.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert not (badged.root / BADGE).exists()


def test_the_badge_is_that_of_what_is_staged(badged: Team) -> None:
    (badged.root / TEST).unlink()
    (badged.root / ".github" / "workflows" / "ci.yml").unlink()
    assert badged.commit().status != 0
    assert b"level 1: DevOps, no MLOps" in (badged.root / BADGE).read_bytes()


def test_a_link_in_the_place_of_the_badge_is_not_followed(badged: Team) -> None:
    try:
        (badged.root / BADGE).symlink_to("churn/train.py")
    except OSError:
        pytest.skip("this user may not make links here")
    before = (badged.root / "churn" / "train.py").read_bytes()
    badged.git("add", "-A")
    done = badged.commit()
    assert done.status != 0
    assert f"cannot write {BADGE}: it is not a regular file" in done.said
    assert (badged.root / "churn" / "train.py").read_bytes() == before
