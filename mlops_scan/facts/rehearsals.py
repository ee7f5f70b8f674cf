"""Command lines that only tell what they would do, or how they are used.

Sources: https://www.gnu.org/software/make/manual/html_node/Instead-of-Execution.html,
https://kubernetes.io/docs/reference/kubectl/generated/kubectl_apply/ (``--dry-run`` and its values),
https://dvc.org/doc/command-reference/repro, https://docs.docker.com/reference/cli/docker/buildx/build/ (``--check``),
https://snakemake.readthedocs.io/en/stable/executing/cli.html and
https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/
"""

from __future__ import annotations

import itertools

# what every program of good manners understands, and which values leave it switched on
_ANY = frozenset({"--dry-run", "--dryrun", "--help"})
_ON = frozenset({"", "true", "client", "server"})
_OFF = frozenset({"false", "none", "False"})
_MAKE = frozenset({"-n", "--just-print", "--recon"})
_SHELL = frozenset({"-n"})
_OF_PROGRAM = {
    "ansible-playbook": frozenset({"--check", "-C", "--syntax-check", "--list-tasks", "--list-hosts"}),
    "aws": frozenset({"--no-execute-changeset", "--generate-cli-skeleton"}),
    "az": frozenset({"--what-if"}),
    "bash": _SHELL,
    "docker": frozenset({"--check"}),
    "dvc": frozenset({"--dry"}),
    "gmake": _MAKE,
    "make": _MAKE,
    "nox": frozenset({"-l", "--list"}),
    "sh": _SHELL,
    "snakemake": frozenset({"-n", "--dag", "--lint", "--list", "--list-rules", "--rulegraph", "--summary"}),
    "tox": frozenset({"-l", "--listenvs", "-n", "--notest"}),
}
_MODULES = frozenset({"ast", "compileall", "dis", "json.tool", "py_compile", "tabnanny", "tokenize"})
_PYTHON = frozenset({"python", "python3"})
# what these are given has options of its own, and says itself what they mean
_SHELLS = frozenset({"bash", "sh"})
_GIVEN = _PYTHON | _SHELLS | frozenset({"Rscript", "julia", "source", "."})


def rehearses(run: str) -> bool:
    """Tell whether a command changes nothing: it is a dry run, asks for help, or only reads what it is given."""
    if " -" not in run:
        return False
    words = run.split(" ")
    program = words[0].rpartition("/")[2]
    if program in _PYTHON:
        return words[1] == "-m" and words[2:3] != [] and words[2] in _MODULES
    own = _OF_PROGRAM.get(program, frozenset())
    if program in _SHELLS:
        return words[1] in own
    return program not in _GIVEN and not words[0].startswith("./") and (_is_dry(words) or not own.isdisjoint(words))


def _is_dry(words: list[str]) -> bool:
    for word, following in itertools.pairwise((*words, "")):
        name, _, value = word.partition("=")
        if name in _ANY and value in _ON and (value or following not in _OFF):
            return True
    return False
