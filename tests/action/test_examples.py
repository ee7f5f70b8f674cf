from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml
from stand_ins import TOKEN, git
from steps import ROOT, SHELL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the examples run on Ubuntu")
BADGE = '{"schemaVersion": 1, "label": "MLOps", "message": "n/a"}'
# notes its words, and answers with a number that may be an id as well
GH = '#!/bin/sh\nprintf "%s\\n" "$@" --- >> "$0.calls"\ncase "$*" in *PATCH*heads*) exit 1 ;; esac\necho 7\n'


def step(name: str, example: str, cwd: Path, **env: str) -> dict[str, str]:
    """Run a step of an example as a runner would; return its outputs."""
    jobs = yaml.safe_load((ROOT / "docs/workflows" / example).read_text(encoding="utf-8"))["jobs"].values()
    (found,) = (one for job in jobs for one in job["steps"] if one.get("name") == name)
    assert set(found["env"]) - {"GH_TOKEN"} <= set(env)
    tools = cwd.parent / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "gh").write_text(GH, encoding="utf-8")
    (tools / "gh").chmod(0o755)
    (tools / "script.sh").write_text(found["run"], encoding="utf-8")
    (tools / "output").write_text("", encoding="utf-8")
    known = {"GITHUB_OUTPUT": str(tools / "output"), "GITHUB_REPOSITORY": "acme/churn", "GITHUB_REF_NAME": "main"}
    known["GH_TOKEN"] = TOKEN
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        [*SHELL, str(tools / "script.sh")], cwd=cwd, check=True, env={**os.environ, **known, "PATH": path, **env}
    )
    lines = (tools / "output").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def cloned(checkout: Callable[..., Path], tmp_path: Path) -> Path:
    origin = checkout("level-0-notebooks")
    git(origin, "config", "receive.denyCurrentBranch", "ignore")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{origin}", "clone")
    return tmp_path / "clone"


def test_the_badge_is_committed_where_it_changes(cloned: Path, tmp_path: Path) -> None:
    (cloned / "mlops-level.svg").write_text("<svg/>", encoding="utf-8")
    for _ in range(2):
        step("Commit the badge", "badge-committed.yml", cloned)
        assert git(tmp_path / "work space", "log", "--format=%s", "main").splitlines() == [
            "Update the MLOps badge",
            "first",
        ]


def test_the_commit_of_a_pull_request_is_fetched_and_not_checked_out(cloned: Path, tmp_path: Path) -> None:
    origin = tmp_path / "work space"
    git(origin, "switch", "--quiet", "--create", "change")
    git(origin, "commit", "--quiet", "--allow-empty", "--message=merge")
    git(origin, "update-ref", "refs/pull/7/merge", "HEAD")
    before = git(cloned, "rev-parse", "HEAD")
    outputs = step("Fetch the pull request, as data", "comment-forks.yml", cloned, PULL="mallory:$(id)")
    assert outputs == {"number": "7", "commit": git(origin, "rev-parse", "HEAD")}
    assert git(cloned, "rev-parse", f"{outputs['commit']}^1") == git(cloned, "rev-parse", "HEAD") == before
    assert "head=mallory:$(id)\n" in (tmp_path / "tools/gh.calls").read_text(encoding="utf-8")


def test_the_branch_of_badges_has_one_commit_and_one_file(cloned: Path, tmp_path: Path) -> None:
    step("Write the branch", "badge-branch.yml", cloned, BADGE=BADGE)
    calls = (tmp_path / "tools/gh.calls").read_text(encoding="utf-8").split("---\n")
    assert [call.split("\n")[1 if "--method" not in call else 3] for call in calls[:-1]] == [
        f"repos/acme/churn/git/{what}" for what in ("trees", "commits", "refs/heads/badges", "refs")
    ]
    assert f"tree[][content]={BADGE}\n" in calls[0]
    assert "parents" not in calls[1]


def test_the_gist_gets_the_badge(cloned: Path, tmp_path: Path) -> None:
    step("Write the gist", "badge-gist.yml", cloned, GIST="abc", BADGE=BADGE)
    call = (tmp_path / "tools/gh.calls").read_text(encoding="utf-8").splitlines()
    assert call[:4] == ["api", "--method", "PATCH", "gists/abc"]
    assert f"files[mlops-level.json][content]={BADGE}" in call
