"""Code that a command line holds itself: ``python -c "…"``, ``python - <<EOF``, ``R -e``, a step's own shell.

What such code does, the unit does that holds it: its functions are taken to be called.
"""

from __future__ import annotations

import ast
import posixpath
import textwrap
from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts.kinds import Call, Command, Condition, Import, Link, Unit
from mlops_scan.facts.shell_words import unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

MAX_TEXT = 50_000
_FLAGS = {"python": "-c", "R": "-e", "Rscript": "-e"}
_KEPT = (Call, Command, Import, Link)
_SAYING = frozenset({":", "echo", "printf", "true"})


def language(shell: str) -> str:
    """Return the program whose code a step's ``shell:`` reads, empty where that is a shell."""
    name = posixpath.basename(shell.partition(" ")[0]).rstrip("0123456789.")
    return name if name in _FLAGS else ""


def handed(words: list[str], below: str) -> str:
    """Return the code that a command is handed: behind ``-c``, or ``below`` it in a here-document."""
    flag = _FLAGS.get(words[0]) if words else None
    if flag is None:
        return ""
    if flag in words[1:-1]:
        return words[words.index(flag) + 1]
    return below if below and all(word == "-" for word in words[1:2]) else ""


def cannot_fail(words: list[str]) -> bool:
    """Tell whether a command only says something, so that what stands behind ``||`` never runs."""
    words = unwrapped(words)
    return bool(words) and (words[0] in _SAYING or _prints(handed(words, "")))


def _prints(code: str) -> bool:
    """Tell whether Python code does nothing but print literal text."""
    if not code.lstrip().startswith("print(") or len(code) > MAX_TEXT:
        return False
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    calls = [one.value for one in body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call)]
    names = [call.func.id for call in calls if isinstance(call.func, ast.Name)]
    literal = all(isinstance(given, ast.Constant) for call in calls for given in call.args)
    return len(names) == len(body) and set(names) == {"print"} and literal


def facts(program: str, code: str, line: int, unit: str, *, tolerated: bool = False) -> Iterator[Fact]:
    """State what code does that begins on a line, for the unit that holds it; code that does not parse does nothing."""
    if len(code) > MAX_TEXT:
        return
    found = _read(program, textwrap.dedent(code))
    # what such code only describes, a job of somewhere else, the unit does not do
    described = {fact.name for fact in found if isinstance(fact, Unit) and fact.kind == "pipeline"}
    for fact in found:
        if isinstance(fact, Link) and fact.unit in described:
            continue
        decides = isinstance(fact, Condition) and fact.stops != "unit" and not tolerated
        if isinstance(fact, _KEPT) or decides:
            moved = {"line": line + fact.line - 1, "unit": unit}
            if isinstance(fact, Condition):
                moved["end"] = line + fact.end - 1
            if isinstance(fact, Call):
                moved["owners"] = ()
            yield msgspec.structs.replace(fact, **moved)


def _read(program: str, code: str) -> tuple[Fact, ...]:
    from mlops_scan.facts import python_source, r_code  # they read shell text themselves

    if program == "python":
        return python_source.python_facts(code, "inline.py").facts
    return r_code.read("inline.R", code.encode()).facts
