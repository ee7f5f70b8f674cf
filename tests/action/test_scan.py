from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from stand_ins import git, pull_request
from steps import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from steps import Job


def reports(text: str) -> dict[str, Path]:
    return {path.suffix: path for path in map(Path, text.splitlines())}


@pytest.mark.parametrize(
    ("fixture", "level", "name", "message"),
    [
        ("level-0-notebooks", "0", "No automation", "level 0: no automation"),
        ("level-3-kubernetes", "3", "Automated deployment", "level 3: automated deployment"),
        ("trap-flask-without-ml", "", "not applicable", "n/a"),
    ],
)
def test_outputs_and_summary_tell_the_level(
    fixture: str, level: str, name: str, message: str, checkout: Callable[..., Path], job: Callable[..., Job]
) -> None:
    ran = run(job(checkout(fixture)))
    assert (ran.status, ran.outputs["level"], ran.outputs["level-name"]) == (0, level, name)
    assert json.loads(ran.outputs["badge"])["message"] == message
    files = reports(ran.outputs["report"])
    assert json.loads(files[".json"].read_text(encoding="utf-8"))["level"] == (int(level) if level else None)
    assert ran.summary == files[".md"].read_text(encoding="utf-8")
    assert ran.summary.startswith(
        "## MLOps maturity: " + (f"level {level} of 4, {name}" if level else "not applicable")
    )
    assert ran.used.keys() == {"actions/setup-python", "actions/cache"}


def test_a_failing_gate_comes_after_everything_is_written(
    checkout: Callable[..., Path], job: Callable[..., Job]
) -> None:
    folder = checkout()
    ran = run(job(folder), fail_under="4", badge_path="docs badge.svg", format="pdf:no such kind")
    assert ran.status == 2
    ran = run(job(folder), fail_under="4", badge_path="my badge.svg", format="json:out put.json\ngithub")
    assert ran.status == 1
    assert "::error title=mlops-scan::mlops-scan: level 3 is under 4" in ran.log
    assert "level 3" in "".join(ET.parse(folder / "my badge.svg").getroot().itertext())  # noqa: S314 - our own file
    assert ran.outputs["report"].splitlines()[-1] == "out put.json"
    assert json.loads((folder / "out put.json").read_text(encoding="utf-8"))["level"] == 3
    assert "## MLOps maturity" in ran.summary


def test_a_badge_path_may_ask_for_the_endpoint(checkout: Callable[..., Path], job: Callable[..., Job]) -> None:
    folder = checkout()
    ran = run(job(folder), badge_path="badge.json")
    assert (folder / "badge.json").read_text(encoding="utf-8").strip() == ran.outputs["badge"]


def test_a_folder_with_spaces_gives_annotations_from_the_root(
    checkout: Callable[..., Path], job: Callable[..., Job]
) -> None:
    ran = run(job(checkout("level-2-dvc-mlflow", under="ser vices/loans")), path="ser vices/loans", target="3")
    assert ran.outputs["level"] == "2"
    assert "::notice file=ser vices/loans/requirements.txt,line=2,title=model-validation" in ran.log


def test_wrong_inputs_are_an_error_of_their_own(checkout: Callable[..., Path], job: Callable[..., Job]) -> None:
    ran = run(job(checkout()), path="no such folder; touch pwned")
    assert (ran.status, ran.outputs["level"], ran.summary) == (2, "", "")
    assert "::error title=mlops-scan::mlops-scan: " in ran.log


def test_sarif_is_uploaded_when_asked(checkout: Callable[..., Path], job: Callable[..., Job]) -> None:
    ran = run(job(checkout("level-2-dvc-mlflow")), sarif="true")
    (file,) = [line for line in ran.outputs["report"].splitlines() if line.endswith(".sarif")]
    assert ran.used["github/codeql-action/upload-sarif"] == {"sarif_file": file}
    assert json.loads(Path(file).read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_any_commit_can_be_scanned(checkout: Callable[..., Path], job: Callable[..., Job]) -> None:
    folder = checkout()
    first = git(folder, "rev-parse", "HEAD")
    git(folder, "rm", "--quiet", "-r", "k8s", ".github", "fraud/drift.py")
    git(folder, "commit", "--quiet", "--message=second")
    assert run(job(folder)).outputs["level"] == "2"
    assert run(job(folder), rev=first).outputs["level"] == "3"


def test_the_job_has_no_say_in_what_runs(checkout: Callable[..., Path], job: Callable[..., Job]) -> None:
    folder = checkout("level-0-notebooks")
    for name in ("json.py", "click.py", "sitecustomize.py"):
        (folder / name).write_text("raise SystemExit('pwned')\n", encoding="utf-8")
    ran = run(job(folder, PYTHONPATH=str(folder)))
    assert (ran.status, ran.outputs["level"]) == (0, "0")
    assert "pwned" not in ran.log


HOSTILE = ["::error::x.py", "##[error]x.py", "a\n::warning::b.py", "`<img src=x>](y) @octocat #1.py", "\u202egpj.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="its files cannot have such names")
def test_hostile_names_start_no_line_tag_link_or_command(
    checkout: Callable[..., Path], job: Callable[..., Job]
) -> None:
    folder = checkout("level-0-notebooks")
    for name in HOSTILE:
        (folder / name).write_text("from sklearn.svm import SVC\nSVC().fit(x, y)\n", encoding="utf-8")
        (folder / f"{name}.ipynb").write_text("{", encoding="utf-8")
    ran = run(job(folder))
    assert ran.outputs["level"] == "0"
    ours = ("notice", "warning", "group", "stop-commands", "endgroup")
    commands = [line for line in ran.log.splitlines() if line.lstrip().startswith("::")]
    token = next(line for line in commands if line.startswith("::stop-commands::")).rpartition("::")[2]
    assert all(line.startswith(tuple(f"::{kind}" for kind in (*ours, token))) for line in commands)
    assert "##[" not in ran.log
    assert "<img" not in ran.summary.replace("`` `<img", "")
    assert not [line for line in ran.summary.split("\n") if "@octocat" in line and "``" not in line]


def test_a_hostile_branch_is_text(checkout: Callable[..., Path], job: Callable[..., Job]) -> None:
    folder = checkout("level-0-notebooks")
    name = "x`touch${IFS}pwned`;$(touch${IFS}pwned)"
    git(folder, "branch", name)
    ran = run(job(folder, GITHUB_HEAD_REF=name), rev=name, baseline=name)
    assert (ran.status, ran.outputs["level"]) == (0, "0")
    assert f"`` {name} ``" in ran.summary or f"``{name}``" in ran.summary
    assert not list(folder.glob("*pwned*"))


def pulled(folder: Path) -> str:
    """Make a pull request that takes continuous integration away; return the commit that it is merged into."""
    base = git(folder, "rev-parse", "HEAD")
    git(folder, "switch", "--quiet", "--create", "change")
    git(folder, "rm", "--quiet", "-r", ".github", "k8s", "fraud/drift.py")
    git(folder, "commit", "--quiet", "--message=less")
    git(folder, "switch", "--quiet", "--detach", "main")
    git(folder, "merge", "--quiet", "--no-ff", "--message=merge", "change")
    return base


def test_a_pull_request_is_compared_with_what_it_is_merged_into(
    checkout: Callable[..., Path], job: Callable[..., Job]
) -> None:
    folder = checkout()
    base = pulled(folder)
    at = job(folder, pull_request("0" * 40), GITHUB_REF="refs/pull/7/merge")
    ran = run(at)
    assert ran.status == 0
    assert ran.summary.startswith("## What changed: level 3 → level 2")
    assert base[:12] in ran.summary
    assert ran.log.index("title=automated-deployment lost") < ran.log.index("::notice ")
    assert ran.summary.index("❌ **automated-deployment**") < ran.summary.index("## MLOps maturity: level")
    failed = run(at, no_regress="true")
    assert failed.status == 1
    assert "::error title=mlops-scan::a capability or a level was lost" in failed.log


def test_another_checkout_is_compared_with_the_base_of_the_event(
    checkout: Callable[..., Path], job: Callable[..., Job]
) -> None:
    folder = checkout()
    base = pulled(folder)
    git(folder, "switch", "--quiet", "--detach", "change")
    at = job(folder, pull_request(base), GITHUB_REF="refs/pull/7/merge", GITHUB_SHA="1" * 40)
    assert run(at).summary.startswith("## What changed: level 3 → level 2")
    assert run(at, baseline="none").summary.startswith("## MLOps maturity")


def test_a_shallow_checkout_without_the_base_goes_on_and_says_how_to_get_it(
    checkout: Callable[..., Path], job: Callable[..., Job], tmp_path: Path
) -> None:
    folder = checkout()
    base = pulled(folder)
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{folder}", "shallow")
    at = job(tmp_path / "shallow", pull_request(base), GITHUB_REF="refs/pull/7/merge")
    ran = run(at)
    assert ran.status == 0
    assert f"::notice title=mlops-scan::not compared with {base}" in ran.log
    assert "fetch-depth" in ran.log
    assert run(at, no_regress="true").status == 2


def test_a_pull_request_is_read_as_data_from_another_checkout(
    checkout: Callable[..., Path], job: Callable[..., Job], tmp_path: Path
) -> None:
    folder = checkout()
    pulled(folder)
    merge = git(folder, "rev-parse", "HEAD")
    git(folder, "update-ref", "refs/pull/7/merge", merge)
    git(folder, "switch", "--quiet", "main")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{folder}", "trusted")
    git(tmp_path / "trusted", "fetch", "--quiet", "--depth=2", "origin", "refs/pull/7/merge")
    ran = run(job(tmp_path / "trusted"), rev=merge, baseline=f"{merge}^1")
    assert ran.summary.startswith("## What changed: level 3 → level 2")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root gives a folder to another")
def test_a_checkout_of_another_user_is_read(
    checkout: Callable[..., Path], job: Callable[..., Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    folder = checkout("level-0-notebooks")
    at = job(folder)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 65534, 65534)
    with pytest.raises(subprocess.CalledProcessError):
        git(folder, "rev-parse", "HEAD")
    ran = run(at, rev="HEAD")
    assert (ran.status, ran.outputs["level"]) == (0, "0")
