"""Repositories with a past, made commit by commit."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from typing import TYPE_CHECKING

from mlops_scan import history, scan
from mlops_scan.history import Choice, Point
from tests.repository import FILES, TEST, WORKFLOW, git, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

START = dt.datetime(2024, 1, 1, 12, tzinfo=dt.timezone.utc)
ALL = Choice("commit")
EMPTY: dict[str, str | None] = {}
TRAIN, FEATURES = "churn/train.py", "churn/features.py"


def commit(root: Path, day: int, files: Mapping[str, str | None], message: str = "change", who: str = "ada") -> str:
    """Commit what files become (None: gone), on a day after the start; return the commit."""
    for path, text in files.items():
        if text is None:
            (root / path).unlink()
        else:
            write(root, path, text)
    git(root, "add", "-A")
    return dated(root, day, who, "commit", "-q", "--allow-empty", "-m", message)


def dated(root: Path, day: int, who: str, *words: str) -> str:
    """Run git on a day, as somebody; return the commit that is checked out then."""
    when = f"{int((START + dt.timedelta(days=day)).timestamp())} +0000"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    people = {f"GIT_{role}_NAME": who for role in ("AUTHOR", "COMMITTER")}
    people |= {f"GIT_{role}_EMAIL": f"{who}@example.org" for role in ("AUTHOR", "COMMITTER")}
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    environment = {**plain, **people, **dates, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], cwd=root, env=environment, check=True, capture_output=True)
    return git(root, "rev-parse", "HEAD")


def begun(root: Path) -> Path:
    root.mkdir()
    git(root, "init", "-q")
    return root


def grown(root: Path) -> tuple[Path, list[str]]:
    """Make a repository that begins with code, gets tests, then continuous integration, and loses the tests."""
    begun(root)
    steps: list[dict[str, str | None]] = [
        {TRAIN: FILES[TRAIN], "README.md": "# Churn\n"},
        {FEATURES: FILES[FEATURES], TEST: FILES[TEST]},
        {"README.md": "# Churn\n\nMore.\n"},
        {WORKFLOW: FILES[WORKFLOW]},
        {TEST: None},
    ]
    return root, [commit(root, 10 * number, files, f"step {number}") for number, files in enumerate(steps)]


def points(root: Path, choice: Choice = ALL, options: scan.Options = scan.DEFAULT) -> tuple[Point, ...]:
    return history.course(str(root), options, choice).points


def turns(found: tuple[Point, ...]) -> dict[str, list[str]]:
    """Return what changed, by commit."""
    told = {one.commit: [f"+{t.id}" for t in one.gained] + [f"-{t.id}" for t in one.lost] for one in found}
    return {oid: changed for oid, changed in told.items() if changed}


def as_scanned(root: Path, one: Point) -> None:
    """Show that a point says what a scan of its commit does, and where."""
    found = scan.assess(str(root), scan.Options(revision=one.commit))
    assert (one.kind, one.level, one.level_name) == (found.kind, found.level, found.level_name)
    assert one.complete == found.complete
    assert one.capabilities == {answer.id: answer.status for answer in found.capabilities}
    proofs = {answer.id: [(p.path, p.line) for p in answer.evidence] for answer in found.capabilities}
    assert all((turn.path, turn.line) in proofs[turn.id] for turn in one.gained)
