"""Lines of shell text that run only by what came of the commands before: how they ended, or what they gave.

An ``if`` of one line is passed over: what it asks and what it starts stand on the same line.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.facts.outcome import Outcome
from mlops_scan.facts.shell_conditions import statements

if TYPE_CHECKING:
    from collections.abc import Iterator

# these tell of the clock, the machine or the code, and of nothing that ran before; two brackets only reckon
_TOLD = "basename|command|date|dirname|git (?:branch|config|describe|log|rev-parse)|hostname|nproc|pwd|whoami|which"
_APART = rf"(?!\(|\s*(?:{_TOLD})\b)"
_ASSIGNED = re.compile(rf"(?:^|[\s;])(\w+)=[\"']?(\$\({_APART}|\$\?|`{_APART})")
_BRACKETS = ("[", "((", "test ")
_LOOKS = ("grep ", "egrep ", "jq ")  # what looks into a report
_FILES = (" -f ", " -e ", " -s ")
_WELL = re.compile(r"(?:-eq|==?)\s*[\"']?0\b")
_OTHERWISE = re.compile(r"(?:-ne|!=)\s*[\"']?[1-9]")
_OTHER = re.compile(r"\s*(?:else|elif)\b")
_LEAVING = frozenset({"exit", "exit 0"})
_STATUS = "$?"
_GIVEN = re.compile(rf"\$\({_APART}")
# a file of the repository is there whatever ran before
_KEPT = re.compile(
    r"\.env\b|(?:requirements[\w.-]{0,40}\.txt|pyproject\.toml|environment\.ya?ml|package\.json|\w\.(?:py|sh))\b"
)


class _If(NamedTuple):
    """An ``if``: its lines from 0 on, the last before its ``else``, what it asks, whether all ends well there."""

    first: int
    last: int
    other: int
    test: str
    leaves: bool


def outcomes(text: str, line: int, unit: str) -> Iterator[Outcome]:
    """Yield what shell text whose first line is ``line`` of the file does only by what came of its earlier commands."""
    if "if " not in text or "fi" not in text:
        return
    assigned = dict(_ASSIGNED.findall(text))
    end = line + text.rstrip("\n").count("\n")
    for found in _ifs(text):
        here = line + found.first
        if found.leaves and line + found.last < end:
            yield from _behind(found, Outcome(line + found.last + 1, end, unit, unit, line, here), assigned)
        first, last, asked = here + 1, line + found.last, found.test
        if asked.startswith("! ") and not asked[2:].lstrip().startswith((*_BRACKETS, *_LOOKS)):
            yield Outcome(first, line + found.other, unit, unit, here, here, failed=True, tolerated=True)
        elif _is_status(asked, assigned):
            if not _WELL.search(asked):
                yield Outcome(first, line + found.other, unit, unit, line, first - 2, failed=True, tolerated=True)
        elif _is_given(asked, assigned):
            yield Outcome(first, last, unit, unit, line, first - 1)


def _behind(found: _If, rest: Outcome, assigned: dict[str, str]) -> Iterator[Outcome]:
    """Yield the rest of a text that is left where there is nothing to do: ``if [ $code != 2 ]; then exit 0; fi``."""
    if _is_status(found.test, assigned):
        if _WELL.search(found.test) or _OTHERWISE.search(found.test):
            yield msgspec.structs.replace(rest, last=rest.last - 1, failed=True, tolerated=True)
    elif _is_given(found.test, assigned):
        yield rest


def _ifs(text: str) -> Iterator[_If]:
    opened: list[tuple[int, str]] = []
    leaving: set[int] = set()
    other: dict[int, int] = {}
    for number, written in enumerate(text.split("\n")):
        if opened and _OTHER.match(written):
            other.setdefault(opened[-1][0], number - 1)
        for part in statements(written):
            word, _, rest = part.partition(" ")
            if word == "if":
                opened.append((number, rest))
            elif part in _LEAVING and opened:
                leaving.add(opened[-1][0])
            elif word == "fi" and opened:
                first, test = opened.pop()
                if number > first:
                    yield _If(first, number, other.get(first, number), test, first in leaving)


def _is_status(test: str, assigned: dict[str, str]) -> bool:
    """Tell whether a test asks how a command ended."""
    return _STATUS in test or any(assigned.get(name) == _STATUS for name in _names(test))


def _is_given(test: str, assigned: dict[str, str]) -> bool:
    """Tell whether a test asks for what a command gave: its output, an output of a step, or a file."""
    written = any(sign in test for sign in _FILES) and not _KEPT.search(test)
    looks = written or test.removeprefix("! ").startswith(_LOOKS)
    return looks or bool(_GIVEN.search(test)) or ".outputs." in test or any(name in assigned for name in _names(test))


def _names(test: str) -> Iterator[str]:
    for part in itertools.islice(test.split("$"), 1, None):
        yield from re.findall(r"^\{?(\w+)", part)
