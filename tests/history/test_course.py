from __future__ import annotations

import datetime as dt
import subprocess
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from mlops_scan import cache, facts, history, maturity, reading, recall, scan, sources
from mlops_scan.history import Choice, work
from tests.history.course_of import ALL, EMPTY, FEATURES, TRAIN, as_scanned, begun, commit, dated, grown, points, turns
from tests.repository import FILES, TEST, WORKFLOW, git, level_1, write

if TYPE_CHECKING:
    from pathlib import Path

    from mlops_scan.facts.kinds import Reading


def test_the_commit_that_gained_or_lost_a_capability_is_named_with_its_place(tmp_path: Path) -> None:
    root, ids = grown(tmp_path / "churn")
    found = points(root)
    assert [point.commit for point in found] == ids
    assert turns(found) == {
        ids[0]: ["+modular-code"],
        ids[1]: ["+unit-tests"],
        ids[3]: ["+continuous-integration"],
        ids[4]: ["-unit-tests"],
    }
    assert [point.level for point in found] == [0, 1, 1, 1, 1]
    (gained,), (lost,) = found[3].gained, found[4].lost
    assert (gained.path, gained.line, gained.before, gained.after) == (WORKFLOW, 5, "absent", "present")
    assert (lost.path, lost.line, lost.before) == (TEST, 4, "present")
    assert found[1].subject == "step 1"
    assert found[1].time == "2024-01-11T12:00:00+00:00"


def test_a_secret_in_the_subject_of_a_commit_is_masked(tmp_path: Path) -> None:
    root = begun(tmp_path / "churn")
    commit(root, 0, {TRAIN: FILES[TRAIN]}, "Add password=hunter2")
    assert [point.subject for point in points(root)] == ["Add password=***"]


@pytest.mark.parametrize("every", ["week", "month", "tag", "commit"])
def test_each_point_is_as_a_scan_of_its_commit(every: str, tmp_path: Path) -> None:
    root, ids = grown(tmp_path / "churn")
    found = points(root, Choice(every))
    assert found[-1].commit == ids[-1]
    for point in found:
        as_scanned(root, point)


@pytest.mark.parametrize("every", ["month", "tag"])
def test_the_very_commit_is_found_between_points(every: str, tmp_path: Path) -> None:
    root, ids = grown(tmp_path / "churn")
    again = [commit(root, 50 + number, {"notes.txt": f"{number}\n"}) for number in range(9)]
    back = commit(root, 60, {TEST: FILES[TEST]})
    commit(root, 61, EMPTY)
    assert turns(points(root, Choice(every))).get(back) == ["+unit-tests"]
    assert not {*again}.intersection(turns(points(root, Choice(every))))
    assert turns(points(root, Choice(every))) == turns(points(root, ALL)) != {ids[0]: []}


def test_a_merge_shows_where_the_branch_itself_changed(tmp_path: Path) -> None:
    root, ids = grown(tmp_path / "churn")
    git(root, "checkout", "-q", "-b", "side")
    aside = commit(root, 45, {TEST: FILES[TEST]})
    git(root, "checkout", "-q", "main")
    commit(root, 46, {"notes.txt": "x\n"})
    merge = dated(root, 47, "ada", "merge", "-q", "--no-ff", "-m", "merge", "side")
    git(root, "branch", "-D", "side")
    found = points(root)
    assert aside not in [point.commit for point in found]
    assert turns(found)[merge] == ["+unit-tests"]
    assert turns(found).keys() >= {ids[0], merge}
    as_scanned(root, found[-1])


def test_people_on_merged_branches_count_from_the_merge_on(tmp_path: Path) -> None:
    root = begun(tmp_path / "churn")
    commit(root, 0, dict(FILES))
    git(root, "checkout", "-q", "-b", "side")
    commit(root, 1, {TRAIN: FILES[TRAIN] + "\n", WORKFLOW: FILES[WORKFLOW] + "\n"}, who="grace")
    git(root, "checkout", "-q", "main")
    commit(root, 2, {"notes.txt": "x\n"})
    merge = dated(root, 3, "ada", "merge", "-q", "--no-ff", "-m", "merge", "side")
    joined = commit(root, 4, {".mailmap": "ada <ada@example.org> grace <grace@example.org>\n"})
    found = points(root)
    assert turns(found)[merge] == ["+team-collaboration"]
    assert turns(found)[joined] == ["-team-collaboration"]
    for point in found:
        as_scanned(root, point)


def test_a_rename_moves_the_place(tmp_path: Path) -> None:
    root, _ = grown(tmp_path / "churn")
    git(root, "mv", TRAIN, "churn/fit.py")
    commit(root, 50, {TEST: FILES[TEST]})
    git(root, "mv", "churn", "app")
    commit(root, 60, EMPTY)
    found = points(root)
    assert [turn.id for turn in found[-1].lost] == []
    as_scanned(root, found[-1])


def test_an_empty_commit_and_an_empty_root_are_points(tmp_path: Path) -> None:
    root = begun(tmp_path / "churn")
    first = commit(root, 0, EMPTY)
    commit(root, 1, {path: text for path, text in FILES.items() if path != TEST})
    last = commit(root, 2, EMPTY)
    found = points(root)
    assert (found[0].commit, found[0].kind, found[0].level) == (first, "no-ml", None)
    assert (found[-1].commit, found[-1].gained, found[-1].lost) == (last, (), ())
    assert found[-1].capabilities == found[-2].capabilities


def test_clocks_that_go_wrong_leave_the_order_of_commits(tmp_path: Path) -> None:
    root = begun(tmp_path / "churn")
    days = (100, 3, 200, 7)
    ids = [commit(root, day, {"n.py": f"x = {day}\n"}) for day in days]
    assert [point.commit for point in points(root)] == ids
    assert [point.commit for point in points(root, Choice("month"))] == ids


def test_days_are_a_part_of_the_history_that_begins_with_what_is_there(tmp_path: Path) -> None:
    root, ids = grown(tmp_path / "churn")
    found = points(root, Choice("commit", dt.date(2024, 1, 11), dt.date(2024, 1, 31)))
    assert [point.commit for point in found] == ids[1:4]
    assert found[0].gained == ()
    assert found[0].capabilities["unit-tests"] == "present"
    assert turns(found) == {ids[3]: ["+continuous-integration"]}
    with pytest.raises(sources.SourceError, match="none of its 5 commits"):
        points(root, Choice("commit", dt.date(2030, 1, 1)))


def test_tags_are_named_and_may_be_the_points(tmp_path: Path) -> None:
    root, ids = grown(tmp_path / "churn")
    git(root, "tag", "v1", ids[1])
    git(root, "tag", "-a", "v2", "-m", "x", ids[2])
    git(root, "tag", "tree", f"{ids[2]}^{{tree}}")
    found = points(root, Choice("tag"))
    assert {point.commit: point.tag for point in found if point.tag} == {ids[1]: "v1", ids[2]: "v2"}
    assert [point.commit for point in found] == ids


def test_another_revision_ends_it(tmp_path: Path) -> None:
    root, ids = grown(tmp_path / "churn")
    assert [point.commit for point in points(root, ALL, scan.Options(revision="HEAD~2"))] == ids[:3]


def test_a_shallow_clone_is_said_to_be_cut(tmp_path: Path) -> None:
    root, ids = grown(tmp_path / "churn")
    url = root.as_uri()
    subprocess.run(["git", "clone", "-q", "--depth=2", url, str(tmp_path / "part")], check=True, capture_output=True)
    found = history.course(str(tmp_path / "part"), choice=ALL)
    assert found.cut
    assert [point.commit for point in found.points] == ids[-2:]
    assert found.points[0].gained == ()
    assert not history.course(str(root), choice=ALL).cut


def test_a_folder_has_the_history_of_its_own_files(tmp_path: Path) -> None:
    root = begun(tmp_path / "many")
    commit(root, 0, {"other/x.py": "x = 1\n"})
    tests = {f"one/{path}": text for path, text in FILES.items()}
    made = commit(root, 1, dict(tests))
    commit(root, 2, {"one/churn/train.py": FILES[TRAIN] + "\n"}, who="grace")
    found = points(root / "one")
    assert turns(found) == {made: ["+modular-code", "+unit-tests", "+continuous-integration"]}
    for point in found[1:]:
        as_scanned(root / "one", point)


def test_a_bare_repository_has_one_too(tmp_path: Path) -> None:
    root, ids = grown(tmp_path / "churn")
    git(tmp_path, "clone", "-q", "--bare", str(root), "bare.git")
    assert [point.commit for point in points(tmp_path / "bare.git")] == ids


def test_a_folder_outside_git_has_none(tmp_path: Path) -> None:
    write(tmp_path, TRAIN, FILES[TRAIN])
    with pytest.raises(sources.SourceError, match="not in a git repository"):
        points(tmp_path)


def test_nothing_of_the_repository_is_touched(tmp_path: Path) -> None:
    root, _ = grown(tmp_path / "churn")
    write(root, "new.py", "x = 1\n")
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ctime_ns) for path in root.rglob("*")}
    points(root)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ctime_ns) for path in root.rglob("*")} == before


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, bytes]]:
    """Count what is read."""
    times: Counter[tuple[str, bytes]] = Counter()
    really = facts.read

    def counting(path: str, data: bytes) -> Reading:
        times[path, data] += 1
        return really(path, data)

    monkeypatch.setattr(facts, "read", counting)
    recall.forget()
    return times


@pytest.mark.parametrize("every", ["month", "commit"])
def test_each_content_is_read_once_even_when_it_comes_back(
    every: str, tmp_path: Path, read: Counter[tuple[str, bytes]]
) -> None:
    root, _ = grown(tmp_path / "churn")
    commit(root, 100, {TEST: FILES[TEST], FEATURES: "x = 1\n"})
    commit(root, 140, {TEST: None})
    commit(root, 180, {TEST: FILES[TEST], FEATURES: FILES[FEATURES]})
    points(root, Choice(every))
    assert set(read.values()) == {1}
    assert {path for path, _ in read} == {*FILES}


def test_what_the_cache_has_is_not_read_again(tmp_path: Path, read: Counter[tuple[str, bytes]]) -> None:
    root, _ = grown(tmp_path / "churn")
    options = scan.Options(store=cache.Store(str(tmp_path / "kept")))
    first = points(root, ALL, options)
    count = sum(read.values())
    assert count
    recall.forget()
    assert points(root, ALL, options) == first
    scan.assess(str(root), options._replace(revision="HEAD~1"))
    assert sum(read.values()) == count


def test_a_state_that_differs_in_prose_or_lines_only_is_not_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = level_1(tmp_path / "churn")
    for day in range(5):
        commit(root, day, {"README.md": f"{day}\n", TRAIN: "#\n" * day + FILES[TRAIN]})
    times: Counter[str] = Counter()
    really = maturity.known

    def counting(*words: object, **more: object) -> object:
        times["judged"] += 1
        return really(*words, **more)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(maturity, "known", counting)
    assert len(points(root)) == 6
    assert times["judged"] == 3, "the first, that with README.md, and that whose import left the line of its module"


@pytest.mark.skipif(not reading.forks(), reason="processes are forked on Linux only")
@pytest.mark.parametrize("every", ["month", "commit"])
def test_processes_side_by_side_tell_the_same(every: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, ids = grown(tmp_path / "churn")
    commit(root, 80, {TEST: FILES[TEST], FEATURES: None})
    alone = points(root, Choice(every))
    parts: list[int] = []
    really = work._side_by_side  # noqa: SLF001 - told apart from the work of one process

    def counting(asked: work.Work, numbers: list[int], jobs: int) -> object:
        parts.append(jobs)
        return really(asked, numbers, jobs)

    monkeypatch.setattr(work, "_side_by_side", counting)
    monkeypatch.setattr(work, "_WORTH", 1)
    monkeypatch.setattr(reading, "cores", lambda: 3)
    assert points(root, Choice(every)) == alone
    assert parts == [3]
    assert len(ids) == 5
