"""Reads programs whose names have no ending, as those have that a platform or an image starts by name.

What they are written in, their first line says. Source of the names that SageMaker starts:
https://docs.aws.amazon.com/sagemaker/latest/dg/adapt-inference-container.html
"""

from __future__ import annotations

import importlib
import posixpath

from mlops_scan.facts.kinds import Diagnostic, Reading

READS = (
    "deploy",
    "docker-entrypoint",
    "entry",
    "entrypoint",
    "evaluate",
    "predict",
    "run",
    "score",
    "serve",
    "start",
    "train",
)

_NAMES = frozenset(READS)
_MARK = b"#!"
_READERS = {
    "Rscript": ("r_code", ".R"),
    "bash": ("shell_scripts", ".sh"),
    "julia": ("julia_code", ".jl"),
    "python": ("python_source", ".py"),
    "sh": ("shell_scripts", ".sh"),
    "zsh": ("shell_scripts", ".sh"),
}


def is_one(path: str) -> bool:
    """Tell whether a file of this name may be such a program."""
    return path.rpartition("/")[2] in _NAMES


def read(path: str, data: bytes) -> Reading:
    """State the facts of a program in the language of the interpreter that it names; without one there are none."""
    first = data.partition(b"\n")[0].decode("ascii", "replace").removeprefix(_MARK.decode()).split()
    if not data.startswith(_MARK) or not first:
        return Reading()
    words = [word for word in first[1:] if not word.startswith("-")]
    program = words[0] if posixpath.basename(first[0]) == "env" and words else first[0]
    known = _READERS.get(posixpath.basename(program).rstrip("0123456789."))
    if known is None:
        return Reading()
    module, ending = known
    found: Reading = importlib.import_module(f"mlops_scan.facts.{module}").read(path + ending, data)
    return Reading(found.facts, tuple(Diagnostic(path, told.line, told.message) for told in found.diagnostics))
