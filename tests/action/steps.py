"""Runs the steps of `action.yml` as a runner does: its shell line, its file commands, its order, and `if`.

What installs is not run but answered with the interpreter of the tests (`ANSWERS`), which has mlops-scan installed;
actions that steps use are noted, not run. `test_install.py` runs the real installation once.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import expressions
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
ANSWERS = {"install": {"python": sys.executable}, "python": {"python-path": sys.executable}}
FILES = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH")
_PAIR = re.compile(r"(?m:^)([\w-]+)(?:<<(?P<end>\S+)\n(.*?)\n(?P=end)|=([^\n]*))\n", re.DOTALL)


class Ran(NamedTuple):
    """What a run of the action left: its status, log, outputs and summary, and the actions it used."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str
    used: dict[str, dict[str, str]]


class Job(NamedTuple):
    """Where the action runs: the checkout, a folder for the runner's files, and the variables and `github` it sees."""

    workspace: Path
    home: Path
    env: dict[str, str]
    github: dict[str, Any]


def run(job: Job, answers: dict[str, dict[str, str]] | None = None, **inputs: str) -> Ran:
    """Run the action; inputs are given with underscores."""
    given = {name: str(of.get("default", "")) for name, of in ACTION["inputs"].items()}
    given.update({name.replace("_", "-"): text for name, text in inputs.items()})
    assert given.keys() == ACTION["inputs"].keys()
    context: dict[str, Any] = {"github": job.github, "steps": {}}
    context["inputs"] = {name: expressions.filled(text, context) for name, text in given.items()}
    known = ANSWERS if answers is None else answers
    status, log, summary, used = 0, "", "", {}
    for number, step in enumerate(ACTION["runs"]["steps"]):
        name = step.get("id", str(number))
        if status or not expressions.value(step.get("if", "true"), context):
            continue
        outputs = known.get(name, {})
        if "uses" in step:
            used[step["uses"].partition("@")[0]] = _filled(step.get("with", {}), context)
        elif name not in known:
            files = {variable: job.home / f"{variable}-{number}" for variable in FILES}
            status, said = _bash(job, step, _filled(step.get("env", {}), context), files)
            outputs = _pairs(files["GITHUB_OUTPUT"].read_text(encoding="utf-8"))
            log += said
            summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
            assert not files["GITHUB_ENV"].read_text() + files["GITHUB_PATH"].read_text()
        context["steps"][name] = {"outputs": outputs}
    ends = {name: expressions.filled(of["value"], context) for name, of in ACTION["outputs"].items()}
    return Ran(status, log, ends, summary, used)


def _filled(texts: dict[str, Any], context: dict[str, Any]) -> dict[str, str]:
    return {name: expressions.filled(str(text), context) for name, text in texts.items()}


def _bash(job: Job, step: dict[str, Any], env: dict[str, str], files: dict[str, Path]) -> tuple[int, str]:
    assert step["shell"] == "bash"
    script = job.home / "script.sh"
    script.write_text(step["run"], encoding="utf-8")
    for file in files.values():
        file.write_text("", encoding="utf-8")
    variables = {**os.environ, **job.env, **{key: str(file) for key, file in files.items()}, **env}
    done = subprocess.run(
        [*SHELL, str(script)],
        check=False,
        cwd=job.workspace,
        encoding="utf-8",
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.returncode, done.stdout


def _pairs(text: str) -> dict[str, str]:
    found = {match[1]: match[3] if match[2] else match[4] for match in _PAIR.finditer(text)}
    assert _PAIR.sub("", text) == ""
    return found
