"""Shell text to commands: split at operators, wrappers taken off, directories and variables followed.

The words are read by `shlex`; what it cannot read (unbalanced quotes, other shells) is split at blanks. Nothing here
runs anything. Which wrappers are taken off is data below: they run the program that follows them.
"""

from __future__ import annotations

import itertools
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.facts import cron_lines, inline_code, shell_conditions, shell_outcomes
from mlops_scan.facts.checkouts import rooted
from mlops_scan.facts.git_remotes import Remotes
from mlops_scan.facts.kinds import Command, Trigger, Unit
from mlops_scan.facts.shell_containers import contained
from mlops_scan.facts.shell_functions import given, leaving, passing_on, without_unused
from mlops_scan.facts.shell_lines import MAX_LINE, MOST_JOINED, logical_lines
from mlops_scan.facts.shell_loops import Loops
from mlops_scan.facts.shell_parts import PIPES, Part, parts_of
from mlops_scan.facts.shell_words import inner_shell, kept, moved, opens, said, substituted, unwrapped, watched

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlops_scan.facts.kinds import Fact

MAX_DEPTH = 3
_KEYWORDS = frozenset(
    {
        "if",
        "then",
        "else",
        "elif",
        "fi",
        "for",
        "do",
        "done",
        "while",
        "until",
        "case",
        "esac",
        "in",
        "function",
        "select",
    }
    | {"!", "time"}
)
_TOLERANT = frozenset({"true", ":", "echo", "printf"})
_CLOSING = {"{": "}", "(": ")"}
_ENDINGS = frozenset({"exit", "return", "false"})
# between commands of which the latter runs whatever the former came to, or only where it failed
_APART = frozenset({";", "&", "|", "|&", "||"})
_MOVING = frozenset({"cd", "pushd"})
# what lets the other commands of a pipe fail a text too
_ALL_TELL = ("pipefail", "PIPESTATUS", "pipestatus")
_NONE: Mapping[str, str] = MappingProxyType({})


class _State:
    """What earlier commands of the same text changed: directory, variables, remotes, whether failures end it."""

    def __init__(self, directory: str, variables: Mapping[str, str], *, tolerated: bool) -> None:
        self.inline = False
        self.waits = False
        self.leaving: frozenset[str] = frozenset()
        self.directory = directory
        self.tolerated = tolerated
        self.last_tells = False
        self.variables = dict(variables)
        self.functions: dict[str, str] = {}
        self.remotes = Remotes()
        self.loops = Loops()


class _Here(NamedTuple):
    """Where a command stands, the here-document below it, what feeds it by a pipe, and the file of its output."""

    line: int
    unit: str
    below: str
    below_line: int
    fed: str = ""
    into: str = ""


def commands(
    text: str,
    line: int,
    unit: str = "",
    *,
    tolerated: bool = False,
    directory: str = "",
    variables: Mapping[str, str] = _NONE,
) -> Iterator[Command]:
    """State the programs that text with ``line`` as its first runs in ``directory``, with ``variables`` set before."""
    found = _commands(text, line, unit, _State(directory, variables, tolerated=tolerated), 0)
    yield from (fact for fact in found if isinstance(fact, Command))


def facts(
    text: str,
    line: int,
    unit: str = "",
    *,
    tolerated: bool = False,
    directory: str = "",
    variables: Mapping[str, str] = _NONE,
    last_tells: bool = False,
) -> Iterator[Fact]:
    """State the programs that shell text runs, what code does that it hands to them, and what it compares.

    ``last_tells``: of commands that are joined by pipes only the last one's failure counts, unless the text says else.
    """
    if not tolerated:
        yield from shell_conditions.conditions(text, line, unit)
    yield from shell_outcomes.outcomes(text, line, unit)
    state = _State(directory, variables, tolerated=tolerated)
    state.inline = True
    state.last_tells = last_tells and not any(word in text for word in _ALL_TELL)
    yield from _commands(text, line, unit, state, 0)


def _commands(text: str, line: int, unit: str, state: _State, depth: int) -> Iterator[Fact]:
    state.functions = state.functions or passing_on(text)
    before = Part([], "")
    state.leaving = state.leaving or leaving(text)
    state.waits = state.waits or any(line.split()[:1] == ["wait"] for line in text.split("\n") if "wait" in line)
    lines = text.split("\n")
    for number, logical, below in logical_lines(text if depth else without_unused(text)):
        if depth < MAX_DEPTH and "$(" in logical:
            yield from _commands(kept(logical[:MAX_LINE]), line + number, unit, state, depth + 1)
            looser = _State(state.directory, state.variables, tolerated=True)
            yield from _commands(said(logical[:MAX_LINE]), line + number, unit, looser, depth + 1)
        parts = parts_of(logical[:MAX_LINE])
        tables = list(cron_lines.tables(parts)) if "cron" in logical and depth < MAX_DEPTH else [""] * len(parts)
        for place, part in enumerate(parts):
            if _never_runs(parts, place):
                continue
            unheard = state.last_tells and part.end in PIPES
            forgiven = unheard or (part.end == "||" and _forgives(parts, place, logical, lines, number))
            here = _Here(line + number, unit, below[1], line + below[0], _fed(before), part.into)
            before = part
            yield from _command(part, here, state, depth, forgiven=forgiven)
            read = "" if here.fed else below[1]
            yield from _scheduled(cron_lines.written(part, tables[place], read, state.variables), here, state, depth)


def _forgives(parts: list[Part], place: int, logical: str, lines: list[str], number: int) -> bool:
    """Tell whether what stands behind ``||`` on a line lets the run go on, or ends it without an error."""
    behind = logical.split("||")[1 + sum(part.end == "||" for part in parts[:place]) :]
    inside = behind[0].lstrip() if behind else ""
    if inside[:1] in _CLOSING:
        return not any(map(_ends, _block(inside, lines[number + 1 : number + MOST_JOINED])))
    following = parts[place + 1].words if place + 1 < len(parts) else []
    return following[:1] != [] and (following[0] in _TOLERANT or following == ["exit", "0"])


def _ends(line: str) -> bool:
    """Tell whether a line ends the run, or its block, with an error."""
    words = line.replace(";", " ").replace(")", " ").replace("(", " ").split()
    return any(word in _ENDINGS and words[place + 1 : place + 2] != ["0"] for place, word in enumerate(words))


def _block(inside: str, below: list[str]) -> Iterator[str]:
    """Return the lines of a block in braces or brackets, from the sign on that opens it."""
    close, below = _CLOSING[inside[0]], [] if _CLOSING[inside[0]] in inside else below
    return itertools.chain((inside,), itertools.takewhile(lambda line: line.strip()[:1] != close, below))


def _never_runs(parts: list[Part], place: int) -> bool:
    """Tell whether a part stands behind ``||`` of what cannot fail: ``a && echo b ||`` fails where ``a`` does."""
    said = place and parts[place - 1].end == "||" and inline_code.cannot_fail(parts[place - 1].words)
    return bool(said) and (place == 1 or parts[place - 2].end in _APART)


def _fed(before: Part) -> str:
    """Return the command before a pipe."""
    return " ".join(unwrapped(before.words)) if before.end in PIPES else ""


def _command(part: Part, here: _Here, state: _State, depth: int, *, forgiven: bool) -> Iterator[Fact]:
    if not state.loops.follow(part.words, state.variables):
        for words in state.loops.rounds(part.words):
            yield from _run(Part(words, part.end, part.into), here, state, depth, forgiven=forgiven)
    for loop in state.loops.taken() if state.inline else ():
        unit = f"loop {loop.commands[0].line}" if loop.commands else ""
        if unit:
            yield Unit(loop.commands[0].line, unit, "loop")
            yield Trigger(loop.commands[0].line, "schedule", f"sleep {loop.wait}", unit)
            yield from (msgspec.structs.replace(command, unit=unit) for command in loop.commands)


def _run(part: Part, here: _Here, state: _State, depth: int, *, forgiven: bool) -> Iterator[Fact]:
    words = [substituted(word, state.variables) for word in part.words]
    while words and words[0] in _KEYWORDS:
        words = words[1:]
    words = _assigned(words, state)
    plain = unwrapped(words)
    inner = inner_shell(plain) if depth < MAX_DEPTH else None
    if inner is not None:
        yield from _commands(inner, here.line, here.unit, state, depth + 1)
        return
    around = parts_of(state.functions.get(words[0], "")) if words[1:] not in ([], ["()"]) and depth < MAX_DEPTH else []
    run = given(around[-1].words, words[1:]) if around else []
    if run:
        yield from _command(Part(run, around[-1].end or part.end, part.into), here, state, depth + 1, forgiven=forgiven)
        return
    words = [word if words[0] in _MOVING else rooted(word, state.directory) for word in plain]
    if not words or words[1:] == ["()"] or _followed(words, state):
        return
    words, tolerated = state.remotes.told(words), state.tolerated or forgiven
    beside = not state.waits and (part.end == "&" or words[0] in state.leaving or opens(words))
    text = " ".join(words)
    started = Command(
        here.line, text, here.unit, tolerated, state.directory, fed=here.fed, into=here.into, beside=beside
    )
    state.loops.note(started)
    yield started
    if words[0] == "ssh" and " " in words[-1] and depth < MAX_DEPTH:
        yield from _commands(words[-1], here.line, here.unit, _State("", _NONE, tolerated=tolerated), depth + 1)
    inside = contained(words) or watched(words) if depth < MAX_DEPTH else []
    if inside:
        elsewhere = _State("", _NONE, tolerated=tolerated)
        yield from _command(Part(inside, part.end, part.into), here, elsewhere, depth + 1, forgiven=forgiven)
    code = inline_code.handed(words, here.below) if state.inline else ""
    if code:
        line = here.below_line if code == here.below else here.line
        yield from inline_code.facts(words[0], code, line, here.unit, tolerated=tolerated)


def _scheduled(jobs: Iterator[cron_lines.Job], here: _Here, state: _State, depth: int) -> Iterator[Fact]:
    """State the jobs that a text puts into a table of cron, each a unit of its own."""
    for number, job in enumerate(jobs):
        line = here.below_line + job.below - 1 if job.below else here.line
        unit = f"cron {line}.{number}" if number else f"cron {line}"
        yield Unit(line, unit, "job")
        yield Trigger(line, "schedule", job.when, unit)
        elsewhere = _State("", state.variables, tolerated=state.tolerated)
        elsewhere.inline = state.inline
        yield from _commands(job.command, line, unit, elsewhere, depth + 1)


def _assigned(words: list[str], state: _State) -> list[str]:
    """Take leading assignments off; those that stand alone are remembered."""
    rest = list(words)
    if rest[:1] == ["export"]:
        rest = rest[1:]
    taken: dict[str, str] = {}
    while rest and "=" in rest[0] and rest[0].partition("=")[0].isidentifier():
        name, _, value = rest.pop(0).partition("=")
        taken[name] = value
    if not rest:
        state.variables.update(taken)
    return rest


def _followed(words: list[str], state: _State) -> bool:
    """Follow ``cd``, ``pushd`` and ``set``, which change what comes after instead of running a program."""
    if words[0] in _MOVING:
        state.directory = moved(state.directory, words[1] if len(words) > 1 else "")
        state.remotes.entered(words[1] if len(words) > 1 else "")
        return True
    if words[0] == "set":
        state.tolerated = state.tolerated or "+e" in words
        return True
    return words[0] == "popd"
