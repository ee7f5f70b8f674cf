"""The words of a command line."""

from __future__ import annotations

import itertools

from mlops_scan.facts import unsuffixed

RUNNABLE = (".py", ".sh", ".bash", ".ini", ".ipynb", ".R", ".r", ".jl", ".yml", ".yaml", ".json", ".scala", ".Rmd")

# programs that only look at or move the files named to them
HANDLERS = frozenset(
    {
        *("apt", "apt-get", "awk", "aws", "cat", "cd", "chgrp", "chmod", "chown", "cmp", "conda", "cp", "curl", "cut"),
        *("diff", "dos2unix", "du", "echo", "envsubst", "export", "file", "find", "git", "grep", "gsutil", "head"),
        *("install", "jq", "less", "ln", "ls", "md5sum", "mkdir", "more", "mv", "nano", "perl", "pip", "printf", "rm"),
        *("rsync", "scp", "sed", "set", "sha256sum", "sleep", "sort", "stat", "tail", "tar", "tee", "test", "touch"),
        *("tr", "tree", "unzip", "wc", "wget", "xargs", "yamllint", "yq", "zip", "dsl-compile"),
    }
)


def options(words: list[str], *names: str) -> list[str]:
    """Return the values of an option, behind it or behind an equals sign."""
    behind = [following for word, following in itertools.pairwise(words) if word in names]
    return behind + [word.partition("=")[2] for word in words if word.partition("=")[0] in names and "=" in word]


def standing(words: list[str], valued: frozenset[str]) -> list[str]:
    """Return the words that are neither options nor values of those in ``valued``."""
    before = ("", *words)
    return [word for last, word in zip(before, words, strict=False) if not word.startswith("-") and last not in valued]


def is_runnable(path: str) -> bool:
    """Tell whether a file of this name can be run or submitted by a command."""
    return path.endswith(RUNNABLE) or ("/" in path and unsuffixed.is_one(path))
