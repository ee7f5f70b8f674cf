"""The gate under ``git commit``, ``merge`` and ``push``, run by the real pre-commit, in each situation of git."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.hooks.conftest import TEST, stages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.hooks.conftest import Done, Team

LOST = f"- unit-tests  lost, required for level 1\n    gone    {TEST}"


def refused(done: Done) -> bool:
    """Tell whether the gate, and not something else, ended a commit: by its status, and which file it misses."""
    return done.status != 0 and "mlops-scan" in done.said and "Failed" in done.said and LOST in done.said


def test_a_commit_that_keeps_everything_passes(team: Team) -> None:
    team.write("churn/api.py", "def answer():\n    return 42\n")
    team.git("add", "-A")
    done = team.commit()
    assert done.status == 0, done.said
    assert "Passed" in done.said
    assert team.commits() == 2


def test_a_commit_that_only_deletes_is_refused_with_the_line_and_what_to_do(team: Team) -> None:
    team.git("rm", "-q", "-r", "tests")
    done = team.commit()
    assert refused(done)
    assert "Level 1, as before: DevOps, no MLOps  (HEAD -> index)" in done.said
    assert "mlops-scan: less than at HEAD: if it is meant, commit with SKIP=mlops-scan" in done.said
    assert team.commits() == 1


def test_a_removed_line_is_named(team: Team) -> None:
    workflow = team.root / ".github/workflows/ci.yml"
    team.write(".github/workflows/ci.yml", workflow.read_text(encoding="utf-8").replace("pytest -q", "echo done"))
    team.git("add", "-A")
    done = team.commit()
    assert done.status != 0
    assert "removed .github/workflows/ci.yml:8" in done.said


@pytest.mark.parametrize("options", [["-a"], ["--", TEST]], ids=["all", "one path"])
def test_a_commit_with_an_index_of_its_own_is_seen(team: Team, options: list[str]) -> None:
    (team.root / TEST).unlink()
    assert refused(team.commit(*options))


def test_what_is_not_staged_does_not_count(team: Team) -> None:
    (team.root / TEST).unlink()
    team.write("churn/notes.txt", "staged\n")
    team.git("add", "churn/notes.txt")
    done = team.commit()
    assert done.status == 0, done.said
    assert not (team.root / TEST).exists()
    staged = team.run("git", "add", "-A")
    assert staged.status == 0
    assert refused(team.commit())


def test_untracked_files_prove_nothing(team: Team) -> None:
    team.git("rm", "-q", "--cached", TEST)
    assert (team.root / TEST).exists()
    assert refused(team.commit())


def test_the_first_commit_has_nothing_to_lose(team: Team) -> None:
    shutil.rmtree(team.root / ".git")
    team.git("init", "-q")
    assert team.pre_commit("install").status == 0
    team.git("add", "-A")
    done = team.commit()
    assert done.status == 0, done.said
    assert team.commits() == 1


def test_the_first_commit_can_be_under_the_level(team: Team, configure: Callable[..., str]) -> None:
    shutil.rmtree(team.root / ".git")
    team.write(".pre-commit-config.yaml", configure("{id: mlops-scan, args: [--fail-under=2]}"))
    team.git("init", "-q")
    assert team.pre_commit("install").status == 0
    team.git("add", "-A")
    done = team.commit()
    assert done.status != 0
    assert "mlops-scan: level 1 is under 2" in done.said
    assert "has no commit yet" in done.said


def test_a_merge_that_loses_is_refused_and_one_that_keeps_is_made(team: Team) -> None:
    team.git("checkout", "-q", "-b", "without-tests")
    team.git("rm", "-q", TEST)
    assert team.commit(environment={"SKIP": "mlops-scan"}).status == 0
    team.git("checkout", "-q", "-b", "with-notes", "main")
    team.write("notes.txt", "kept\n")
    team.git("add", "-A")
    assert team.commit().status == 0
    assert refused(team.run("git", "merge", "--no-ff", "-m", "merge", "without-tests"))
    team.git("merge", "--abort")
    team.git("checkout", "-q", "main")
    assert team.run("git", "merge", "--no-ff", "-m", "merge", "with-notes").status == 0


def test_a_commit_on_a_detached_head(team: Team) -> None:
    team.git("checkout", "-q", "--detach")
    team.git("rm", "-q", TEST)
    assert refused(team.commit())


def test_a_commit_in_a_linked_work_tree(team: Team) -> None:
    team.git("worktree", "add", "-q", "../linked", "-b", "linked")
    linked = team.beside("linked")
    linked.git("rm", "-q", TEST)
    assert refused(linked.commit())
    linked.git("reset", "-q", "--hard")
    (linked.root / TEST).unlink()
    assert refused(linked.commit("-a"))


def test_a_commit_inside_a_submodule(team: Team) -> None:
    outer = team.beside("outer")
    outer.root.mkdir()
    outer.git("init", "-q")
    outer.git("submodule", "--quiet", "add", team.root.as_posix(), "churn")
    inner = outer._replace(root=outer.root / "churn")
    assert inner.pre_commit("install").status == 0
    inner.git("rm", "-q", TEST)
    assert refused(inner.commit())
    inner.git("reset", "-q", "--hard")
    (inner.root / TEST).unlink()
    assert refused(inner.commit("-a"))


def test_a_commit_from_a_folder_within(team: Team) -> None:
    team.git("rm", "-q", TEST)
    assert refused(team.run("git", "commit", "-q", "-m", "change", cwd="churn"))
    assert refused(team.pre_commit("run", cwd="churn"))


@pytest.mark.parametrize("setting", [("--index-version", "4"), ("--split-index",)], ids=["version 4", "split"])
def test_an_index_of_another_form(team: Team, setting: tuple[str, ...]) -> None:
    team.git("update-index", *setting)
    team.write("notes.txt", "kept\n")
    team.git("add", "-A")
    assert team.commit().status == 0
    (team.root / TEST).unlink()
    assert refused(team.commit("-a"))


def test_a_skipped_hook_lets_the_commit_through(team: Team) -> None:
    team.git("rm", "-q", TEST)
    done = team.commit(environment={"SKIP": "mlops-scan"})
    assert done.status == 0, done.said
    assert "Skipped" in done.said


def test_a_push_is_judged_by_the_revisions_it_sends(team: Team) -> None:
    team.git("init", "-q", "--bare", "../remote.git")
    team.git("remote", "add", "origin", "../remote.git")
    team.git("rm", "-q", "--cached", TEST)
    first = team.run("git", "push", "-q", "origin", "main")  # without what is staged
    assert first.status == 0, first.said
    assert team.commit(environment={"SKIP": "mlops-scan"}).status == 0
    assert refused(team.run("git", "push", "-q", "origin", "main"))
    assert refused(team.run("git", "push", "-q", "origin", "main:new"))
    assert team.git("rev-parse", "origin/main") == team.git("rev-parse", "HEAD^")
    assert team.run("git", "push", "-q", "origin", "HEAD^:refs/heads/new").status == 0


def test_the_first_push_can_be_under_the_level(team: Team, configure: Callable[..., str]) -> None:
    team.write(".pre-commit-config.yaml", configure("{id: mlops-scan, args: [--fail-under=1]}"))
    team.git("init", "-q", "--bare", "../remote.git")
    team.git("remote", "add", "origin", "../remote.git")
    team.git("rm", "-q", "-r", "tests", ".github", "--cached")
    assert team.commit("--no-verify").status == 0
    team.git("add", "-A")
    done = team.run("git", "push", "-q", "origin", "main")
    assert done.status != 0
    assert "mlops-scan: level 0 is under 1" in done.said


@pytest.mark.parametrize("options", [(), ("--depth=1",)], ids=["full", "shallow"])
def test_all_of_a_clone(team: Team, options: tuple[str, ...]) -> None:
    team.write("notes.txt", "a second commit, for a clone to leave out the first\n")
    team.git("add", "-A")
    assert team.commit().status == 0
    team.git("clone", "-q", *options, team.root.as_uri(), "../clone")
    clone = team.beside("clone")
    assert (clone.git("rev-parse", "--is-shallow-repository") == "true") == bool(options)
    done = clone.pre_commit("run", "--all-files", "--verbose")
    assert done.status == 0, done.said
    assert "Level 1 of 4: DevOps, no MLOps" in done.said


def test_two_revisions_are_compared(team: Team) -> None:
    team.git("rm", "-q", TEST)
    assert team.commit(environment={"SKIP": "mlops-scan"}).status == 0
    lost = team.pre_commit("run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    assert refused(lost)
    assert "less than at HEAD~1" in lost.said
    gained = team.pre_commit("run", "--verbose", "--from-ref", "HEAD", "--to-ref", "HEAD~1")
    assert gained.status == 0, gained.said


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a program without rights cut off the network")
def test_without_a_network(team: Team) -> None:
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let programs have a network of their own")
    team.git("rm", "-q", TEST)
    assert refused(team.run("unshare", "-rn", "git", "commit", "-q", "-m", "change"))


def test_names_with_spaces_and_other_letters(team: Team) -> None:
    team.git("mv", "tests", "tests of the team é")
    done = team.commit()
    assert done.status == 0, done.said


def _other_name(root: Path) -> bool:
    try:
        (root / "caf\udce9.txt").write_text("latin-1\n", encoding="utf-8")
    except (OSError, UnicodeError):
        return False
    return True


def test_names_that_are_not_utf_8(team: Team) -> None:
    if not _other_name(team.root):
        pytest.skip("this file system holds UTF-8 names only")
    team.git("add", "-A")
    kept = team.hook("hook")
    assert kept == (0, "Level 1 of 4: DevOps, no MLOps\n")
    team.git("rm", "-q", TEST)
    assert LOST in team.hook("hook").said


def test_the_environment_of_a_git_hook(team: Team) -> None:
    team.git("rm", "-q", "--cached", TEST)
    named = {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index", "GIT_WORK_TREE": ".", "GIT_PREFIX": ""}
    done = team.hook("hook", environment=named)
    assert done.status == 1
    assert LOST in done.said


def test_an_index_of_another_repository_is_not_believed(team: Team) -> None:
    team.git("init", "-q", "../other")
    other = team.beside("other")
    other.write("notes.txt", "nothing else\n")
    other.git("add", "-A")
    done = team.hook("hook", environment={"GIT_INDEX_FILE": str(other.root / ".git" / "index")})
    assert done == (0, "Level 1 of 4: DevOps, no MLOps\n")


def test_a_base_that_is_not_there_is_an_error(team: Team) -> None:
    done = team.hook("hook", "--from-ref", "no-such-branch", "--to-ref", "HEAD")
    assert done.status == 2
    assert "unknown revision 'no-such-branch'" in done.said
    assert done.said.count("\n") == 1


def test_a_folder_that_the_base_lacks_has_nothing_to_lose(team: Team) -> None:
    team.write("fraud/train.py", "import sklearn\n")
    team.git("add", "-A")
    done = team.hook("hook", "fraud")
    assert done.status == 0
    assert "mlops-scan: not compared with HEAD" in done.said


def test_stages_are_those_that_pre_commit_knows(team: Team) -> None:
    done = team.pre_commit("install", *stages("pre-commit", "pre-merge-commit", "pre-push"))
    assert done.status == 0, done.said
    assert team.pre_commit("run", "--hook-stage", "manual", "mlops-scan").status == 0
