"""Commands under watch: which processes they start and whether they open a socket, by strace or an audit hook."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
# with the version, for which GitPython asks
PLUMBING = frozenset({"cat-file", "diff-tree", "log", "ls-files", "ls-tree", "rev-list", "rev-parse", "version"})
_STARTED = re.compile(r'execve\("([^"]*)", \[(.*)\], 0x.* = 0$')
_NETWORK = re.compile(r"\b(socket|connect|bind|listen|accept4?|sendto|sendmsg|socketpair)\(")
# what Python itself says of processes and sockets, where there is no strace
_HOOK = """
import json, sys
def seen(event, args):
    if event in {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"} or event.startswith("socket."):
        with open(%r, "a") as file:
            file.write(json.dumps([event, repr(args)]) + "\\n")
sys.addaudithook(seen)
import runpy
runpy.run_module("mlops_scan", run_name="__main__")
"""


class Done(NamedTuple):
    """A command that ended: its status, all that it printed, the processes it started and its sockets."""

    status: int
    text: str
    processes: list[tuple[str, ...]]
    sockets: list[str]


def strace() -> str | None:
    """Return strace, which is installed where that can be done."""
    found = shutil.which("strace")
    apt = shutil.which("apt-get")
    if found or not apt or sys.platform != "linux" or os.geteuid() != 0:
        return found
    command = [apt, "install", "-o", "DPkg::Lock::Timeout=300", "--yes", "--quiet", "strace"]
    subprocess.run(command, check=False, capture_output=True)
    return shutil.which("strace")


def run(folder: Path, log: Path, *words: str) -> Done:
    """Run a command in a folder, watched."""
    log.unlink(missing_ok=True)
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**plain, "PYTHONPATH": str(ROOT), "MLOPS_SCAN_DEBUG": "1"}
    tracer = strace()
    python = [sys.executable, "-m", "mlops_scan"] if tracer else [sys.executable, "-c", _HOOK % str(log)]
    watch = [tracer, "-f", "-qq", "-s", "300", "-e", "trace=network,execve", "-o", str(log)] if tracer else []
    done = subprocess.run([*watch, *python, *words], cwd=folder, env=environment, check=False, capture_output=True)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    text = (done.stdout + done.stderr).decode("utf-8", "surrogateescape")
    return Done(done.returncode, text, *(_traced(lines) if tracer else _heard(lines)))


def _traced(lines: list[str]) -> tuple[list[tuple[str, ...]], list[str]]:
    started = [found for line in lines if (found := _STARTED.search(line))]
    words = [tuple(re.findall(r'"((?:[^"\\]|\\.)*)"', found[2])) for found in started]
    return words[1:], [line for line in lines if _NETWORK.search(line)]  # the first is the command itself


def _heard(lines: list[str]) -> tuple[list[tuple[str, ...]], list[str]]:
    said = [json.loads(line) for line in lines]
    words = [tuple(re.findall(r"'([^']*)'", args.partition("[")[2])) for event, args in said if "socket" not in event]
    return words, [event for event, _ in said if "socket" in event]
