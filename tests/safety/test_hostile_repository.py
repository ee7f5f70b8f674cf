"""One repository, every attack that we know, every command: none may run, reach, leave, hang, forge or tell."""

from __future__ import annotations

import json
import os
import pkgutil
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import click
import pytest

from mlops_scan import commands, reports
from mlops_scan.diagnostics import Diagnostic
from tests.reports.pieces import OURS, forged
from tests.safety import watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.safety.watched import Done

    Hostile = tuple[Path, Path, dict[Any, str | None]]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="FIFOs, links and names that other systems do not have")

SCANS = {"scan": "assessments", "diff": "differences", "history": "histories"}
COMMANDS = {
    "scan": ("scan", ".", "--format", "json"),
    "text": ("scan", ".", "--format", "text", "--untrusted"),
    "annotations.github": ("scan", ".", "--format", "github"),
    "commit": ("scan", ".", "--rev", "HEAD", "--format", "sarif"),
    "all of scan": ("scan", "."),
    "all of diff": ("diff", "HEAD", "."),
    "all of history": ("history", ".", "--every", "commit"),
    "trace": ("trace", "."),
    "trace for a page": ("trace", ".", "--format", "mermaid"),
    "badge": ("badge", ".", "--format", "shields"),
    "badge.svg": ("badge", ".", "--format", "svg"),
    "untrusted badge": ("badge", ".", "--format", "shields", "--untrusted"),
    "written badge": ("badge", ".", "--output", "badge.svg"),
    "hook": ("hook", "."),
    "what-if": ("what-if", ".", "--add", "model-registry"),
    "explain here": ("explain", "model-registry", "."),
    "cache": ("cache", "info"),
    "facts": ("facts", "churn/login.py"),
    "facts of a FIFO": ("facts", "a.fifo.py"),
    "explain": ("explain", "mlflow"),
    "init": ("init", "--dry-run", "."),
    "list": ("list", "tools"),
    "model": ("model", "list"),
    "model file": ("model", "check", "evil/evil.toml"),
    "test": ("test", "evil"),
}
KEEP_NOTHING = frozenset({"facts", "init", "list", "model", "test"})


@pytest.fixture(scope="module")
def done(hostile: Hostile, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    """Return what became of every command, run where the hostile files lie, and of every report that one wrote."""
    log, cache, out = tmp_path_factory.mktemp("watch") / "log", *map(tmp_path_factory.mktemp, ("cache", "out"))
    found = {}
    for name, words in COMMANDS.items():
        kept = () if words[0] in KEEP_NOTHING or name == "explain" else ("--cache-dir", str(cache))
        found[name] = watched.run(hostile[0], log, *words, *kept, *_formats(name, words[0], out))
    for file in out.iterdir():
        found[file.name] = watched.Done(0, file.read_text(encoding="utf-8"), [], [])
    return found


def _formats(name: str, word: str, out: Path) -> Iterator[str]:
    """Ask for every format of a command's reports, each in a file of its own."""
    for kind in reports.names(SCANS[word]) if name.startswith("all of ") else ():
        yield from ("--format", f"{kind}:{out / f'{word}.{kind}'}")


def test_every_command_is_tried() -> None:
    known = {module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__)}
    assert {words[0] for words in COMMANDS.values()} == known


def test_every_command_ends_as_documented(done: dict[str, Done]) -> None:
    assert {name: ended.status for name, ended in done.items() if ended.status not in {0, 1, 2}} == {}
    refused = {"written badge", "hook", "facts of a FIFO", "model file", "test", "init"}
    assert {name for name, ended in done.items() if ended.status} <= refused
    assert {f"scan.{kind}" for kind in reports.names("assessments")} <= done.keys()


def test_only_plumbing_of_git_is_started_and_no_socket(done: dict[str, Done]) -> None:
    started = {words for ended in done.values() for words in ended.processes}
    assert started
    assert {words for words in started if words[:1] != ("git",) or words[1] not in watched.PLUMBING} == set()
    assert [line for ended in done.values() for line in ended.sockets] == []


def test_no_attack_succeeds(hostile: Hostile, done: dict[str, Done], capsys: pytest.CaptureFixture[str]) -> None:
    root, outside, made = hostile
    assert len(made) >= 40
    told = {found["path"]: found["message"] for found in json.loads(done["scan"].text)["diagnostics"]}
    rows = [(attack, outcome(attack, path, (root, outside), done, told)) for attack, path in made.items()]
    with capsys.disabled():
        table = (f"\n{attack.group:<10} {attack.name:<26} {attack.tries:<84} {what}" for attack, (_, what) in rows)
        print(*table, "\n")  # noqa: T201 - what became of each
    assert [(attack.name, what) for attack, (held, what) in rows if not held] == []


def outcome(
    attack: Any,  # noqa: ANN401 - of `fixtures/hostile`, which is no package of ours
    path: str | None,
    where: tuple[Path, Path],
    done: dict[str, Done],
    told: dict[str, str],
) -> tuple[bool, str]:
    """Return whether a repository's attack was held off, and in a few words how."""
    _, outside = where
    text = "\n".join(ended.text for ended in done.values())
    if (outside / f"ran-{attack.name}").exists():
        return False, "RAN"
    if f"canary-{attack.name}" in text or re.search("canary-(name|email)", text):
        return False, "TOLD"
    if attack.group == "forges":
        wrong = [name for name, ended in done.items() if forges(name, ended.text)]
        return not wrong, f"FORGED {wrong}" if wrong else "shown as text"
    if attack.group == "lifts":
        return lifts_nothing(done), "marked as attested; nothing with --untrusted"
    if attack.group in {"holds_up", "untracked"}:
        return True, Diagnostic("", 0, told.get(path or "", "read, or passed over, in time")).message[:70]
    return True, {"runs": "nothing ran", "leads_out": "nothing shown", "tells": "masked"}[attack.group]


def forges(name: str, report: str) -> bool:
    """Tell whether a report holds what steers a terminal or a runner, beside what we say to it."""
    text = click.unstyle(report)
    if name == "annotations.github":  # with what is told beside them
        text = "\n".join(line for line in text.splitlines() if not OURS.fullmatch(line))
        name = "text"
    if name == "init":
        text = "\n".join(line for line in text.splitlines() if not line.startswith(("+", " ", "-", "@")))
    return bool(forged(name, text))


def lifts_nothing(done: dict[str, Done]) -> bool:
    """Tell whether the badge says that a level is attested, and without the settings is the detected one."""
    badge, plain = (json.loads(done[name].text)["message"] for name in ("badge", "untrusted badge"))
    return (
        "attested" in badge and plain == "level 1: DevOps, no MLOps" and "--untrusted takes none" in done["text"].text
    )


def test_nothing_outside_is_changed(hostile: Hostile, done: dict[str, Done]) -> None:
    _, outside, _ = hostile
    assert done["written badge"].status in {0, 2}
    assert (outside / "badge").read_text(encoding="utf-8") == "canary-linked_badge"
    assert "canary" in (outside / "hooks.yaml").read_text(encoding="utf-8")


def test_a_repository_that_holds_git_up_costs_patience(tmp_path: Path) -> None:
    root = tmp_path / "repo"
    (root / "churn").mkdir(parents=True)
    (root / "churn" / "train.py").write_text("from sklearn.svm import SVC\nSVC().fit(x, y)\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    os.mkfifo(root / ".gitignore")
    began = time.monotonic()
    ended = watched.run(root, tmp_path / "log", "scan", ".", "--format", "json", "--no-cache")
    assert time.monotonic() - began < 60
    told = [one["message"] for one in json.loads(ended.text)["diagnostics"]]
    assert told[0].startswith("untracked files were listed without git: git ls-files took longer than 10 s")
    assert json.loads(ended.text)["source"]["files"] == {"product": 1}
    assert (ended.status, ended.sockets) == (0, [])


def test_what_is_not_read_is_named(done: dict[str, Done]) -> None:
    told = {found["path"]: found["message"] for found in json.loads(done["scan"].text)["diagnostics"]}
    assert told["sparse.py"].startswith("not read: 10,000,000,000 bytes")
