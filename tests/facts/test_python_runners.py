from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command

if TYPE_CHECKING:
    from collections.abc import Callable

RUN = "import subprocess, sys, shlex\n\n\ndef run(cmd, check=True):\n    subprocess.run(cmd, shell=True, check=check)\n\n\n"
SCRIPT = """\
import subprocess, sys


def script(path, *rest):
    subprocess.check_call([sys.executable, path, "-v"])


"""
CLASS = """\
import shlex, subprocess


class Shell:
    def call(self, cmd):
        subprocess.run(shlex.split(cmd))

    def go(self):
        self.call("python train.py")
"""


@pytest.mark.parametrize(
    ("code", "commands"),
    [
        (f"{RUN}run('python train.py')\n", [(8, "python train.py", "")]),
        (f"{RUN}def go():\n    run(['python', 'train.py'])\n", [(9, "python train.py", "go")]),
        (f"{RUN}def step(name, cmd):\n    run(cmd)\n\n\nstep('fit', cmd='make fit')\n", [(12, "make fit", "")]),
        (f"{SCRIPT}script('src/train.py')\n", [(8, "python src/train.py -v", "")]),
        (CLASS, [(9, "python train.py", "Shell.go")]),
        (f"{RUN}run(wanted)\n", []),  # nobody knows what
        ("def run(cmd):\n    print(cmd)\n\n\nrun('python train.py')\n", []),
        ("import subprocess\n\n\ndef run(cmd):\n    subprocess.run(cmd.split(','))\n\n\nrun('a,b')\n", []),
    ],
)
def test_what_is_handed_to_a_function_that_runs_it_is_run(
    code: str, commands: list[tuple[int, str, str]], stated: Callable[..., list[Any]]
) -> None:
    found = stated("pipeline.py", code, Command, "line", "run", "unit")
    assert [command for command in found if not any(word.startswith(".") for word in command[1].split())] == commands


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("'python train.py'.split()", "python train.py"),
        ("['uv', 'run', 'python', 'train.py', '--rows', str(rows)]", "python train.py --rows str"),
        ("['python', name]", ".cmd"),
    ],
)
def test_words_that_a_name_holds_are_a_command(words: str, command: str, stated: Callable[..., list[Any]]) -> None:
    code = f"import subprocess\ncmd = {words}\nsubprocess.run(cmd)\n"
    assert [run for (run,) in stated("pipeline.py", code, Command, "run")] == [command]
