from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from steps import ACTION, ROOT

TOOLS = Path(sys.executable).parent
EXAMPLES = sorted((ROOT / "docs/workflows").glob("*.yml"))
OWN = sorted((ROOT / ".github/workflows").glob("*.yml"))
SCRIPTS = sorted((ROOT / "action").glob("*.sh"))
ZIZMOR = ("zizmor", "--offline", "--persona=pedantic", "--no-progress")
BROKEN = """
name: a
description: b
runs:
  using: composite
  steps:
    - run: echo ${{ github.event.pull_request.title }}
      shell: bash
    - uses: actions/cache@v4
      with: {pth: x}
"""


def ran(*command: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    program, *words = map(str, command)
    return subprocess.run([str(TOOLS / program), *words], cwd=cwd, check=False, capture_output=True, encoding="utf-8")


def clean(*command: object, cwd: Path = ROOT) -> bool:
    done = ran(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return True


@pytest.fixture
def adopted(tmp_path: Path) -> Path:
    """Return a repository that took over every example, as they stand."""
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for example in EXAMPLES:
        shutil.copy(example, folder)
    return tmp_path


def test_there_are_examples_for_everything_that_is_documented() -> None:
    page = (ROOT / "docs/github-action.md").read_text(encoding="utf-8")
    assert {path.name for path in EXAMPLES} == set(re.findall(r"\(workflows/([\w-]+\.yml)\)", page))
    assert set(ACTION["inputs"]) <= set(re.findall(r"`([\w-]+)`", page))


def test_the_schemas_of_github_take_all() -> None:
    assert clean("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
    assert clean("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *EXAMPLES, *OWN)


@pytest.mark.parametrize("linter", ["actionlint", "jactionlint"])
def test_linters_of_workflows_have_nothing_to_say(linter: str, adopted: Path) -> None:
    assert clean(linter, cwd=adopted)
    assert clean(linter, *OWN)


def test_the_linter_of_actions_has_nothing_to_say() -> None:
    assert clean("jactionlint", "action.yml")


def test_zizmor_has_nothing_to_say() -> None:
    assert clean(*ZIZMOR, "action.yml", *EXAMPLES, *OWN)


def test_shellcheck_has_nothing_to_say(tmp_path: Path) -> None:
    assert clean("shellcheck", *SCRIPTS)
    for number, step in enumerate(ACTION["runs"]["steps"]):
        (tmp_path / f"{number}.sh").write_text(f"#!/usr/bin/env bash\n{step.get('run', '')}\n", encoding="utf-8")
    assert clean("shellcheck", *tmp_path.glob("*.sh"))


def test_the_linters_would_speak_up(tmp_path: Path) -> None:
    (tmp_path / "action.yml").write_text(BROKEN, encoding="utf-8")
    assert "template-injection" in ran(*ZIZMOR, tmp_path / "action.yml").stdout
    assert "pth" in ran("jactionlint", "action.yml", cwd=tmp_path).stdout


def test_no_step_interpolates_and_every_action_is_pinned() -> None:
    steps = ACTION["runs"]["steps"]
    assert not [step for step in steps if "${{" in step.get("run", "")]
    assert all(re.search(r"@[0-9a-f]{40}$", step["uses"]) for step in steps if "uses" in step)
    assert all(name.startswith("MLOPS_SCAN_") for step in steps for name in step.get("env", {}))


def test_one_action_has_one_commit_everywhere() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "action.yml", *EXAMPLES, *OWN)]
    pins = {pin for text in texts for pin in re.findall(r"uses: (\S+)@(\S+) # (v[\d.]+)\n", text)}
    assert len(pins) == len({action for action, _, _ in pins}) == 4
