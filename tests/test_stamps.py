from __future__ import annotations

import re
from pathlib import Path

import tomli

from mlops_scan import stamps

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
# of these nothing depends that a file states
NO_PARSERS = {"anybadge", "click", "cron_descriptor", "gitpython", "pathspec"}


def test_every_dependency_that_parses_is_part_of_the_stamp() -> None:
    declared = tomli.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[^\w-]", line)[0].lower().replace("-", "_") for line in declared}
    assert names - NO_PARSERS == stamps.PARSERS


def test_the_parsers_are_found() -> None:
    found = {name.lower().partition("-")[0].replace(".", "_") for _, name, _ in stamps.installed()}
    assert found >= stamps.PARSERS


def test_a_stamp_changes_with_every_file(tmp_path: Path) -> None:
    known = set()
    for text, name in (("a", "a.toml"), ("b", "b.toml"), ("ab", "a.toml"), ("ab", "c.txt")):
        (tmp_path / name).write_text(text)
        known.add(stamps.of_folder(tmp_path, (".toml",)))
    assert len(known) == 3
    assert stamps.of_folder(tmp_path / "nowhere", (".toml",)) is None


def test_what_changed_just_now_or_tomorrow_is_not_at_rest(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("a")
    fresh = stamps.of_folder(tmp_path, (".toml",))
    assert fresh
    assert not fresh.settled
    now = 10 * stamps.SETTLED
    assert stamps.at_rest((0, 0, 7), now)
    assert not stamps.at_rest((0, now, 7), now)
    assert not stamps.at_rest((now * 2, 0, 7), now)
    assert not stamps.at_rest((), now)
